//! All cases of the synthetic JPKI (`demo/jpki`), which shares no code with the verifier: certificates,
//! signatures, CMS, PDF, revocation, holders. Reads the folder in `HONNIN_JPKI_FIXTURES`; skipped with a
//! notice if it is absent.
//!
//! `npm run fixtures -w @honnin/synthetic-jpki -- <folder>` writes it.

use crate::vectors;
use std::collections::HashMap;
use std::path::PathBuf;

use honnin::cms::{CmsOptions, Content};
use honnin::der::{Oid, contents_from_text};
use honnin::jpki::{
    Cards, EntryValue, Hierarchy, JpkiOptions, Profile, ProfileChoice, read_holder, verify_card_certificate,
    verify_card_pdf, verify_card_signed_data,
};
use honnin::signature::{EcdsaForm, Message, PublicKey, Scheme, verify};
use honnin::x509::{Certificate, KeyUsage, Requirement};
use honnin::{Code, Error};
use serde_json::{Value, json};

struct Fixtures {
    manifest: Value,
    files: HashMap<String, Vec<u8>>,
}

fn fixtures() -> Option<Fixtures> {
    let Some(folder) = std::env::var_os("HONNIN_JPKI_FIXTURES").map(PathBuf::from) else {
        vectors::skipped(
            1,
            "the cases of the synthetic JPKI are not here (set HONNIN_JPKI_FIXTURES)",
        );
        return None;
    };
    let manifest = serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let files = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect();
    Some(Fixtures { manifest, files })
}

fn texts(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|text| text.as_str().unwrap())
        .collect()
}

fn oids(value: &Value) -> Vec<Vec<u8>> {
    texts(value)
        .into_iter()
        .map(|text| contents_from_text(text).unwrap())
        .collect()
}

fn borrowed(contents: &[Vec<u8>]) -> Vec<Oid<'_>> {
    contents.iter().map(|contents| Oid::new(contents)).collect()
}

/// The result of a case: the code, or `None`.
type Ended = Option<String>;

fn ended<T>(result: Result<T, &Error>, secrets: &[&str]) -> Ended {
    let error = result.err()?;
    let said = format!("{error} {error:?}");
    for secret in secrets {
        assert!(!said.contains(secret), "a holder's data in {said}");
    }
    Some(error.code().as_str().to_owned())
}

impl Fixtures {
    fn file(&self, name: &Value) -> Option<&[u8]> {
        name.as_str().map(|name| self.files[name].as_slice())
    }

    fn all(&self, names: &Value) -> Vec<&[u8]> {
        texts(names)
            .into_iter()
            .map(|name| self.files[name].as_slice())
            .collect()
    }

    fn secrets(&self) -> Vec<&str> {
        texts(&self.manifest["secrets"])
            .into_iter()
            // Short texts occur by chance.
            .filter(|secret| secret.chars().count() > 2)
            .collect()
    }

    /// Runs one case and returns its code and its result.
    fn run(&self, case: &Value) -> (Ended, Value) {
        let options = &case["options"];
        let input = &case["input"];
        let secrets = self.secrets();
        let (anchors, intermediates) = (self.all(&options["anchors"]), self.all(&options["intermediates"]));
        let (crls, responses) = (self.all(&options["crls"]), self.all(&options["ocspResponses"]));
        let policies = oids(&options["policies"]);
        let policies = borrowed(&policies);
        let written = &options["profile"];
        let own_policies = oids(&written["policies"]);
        let own_policies = borrowed(&own_policies);
        let purposes = oids(&written["extendedKeyUsage"]);
        let purposes = borrowed(&purposes);
        let schemes: Vec<Scheme> = texts(&written["schemes"])
            .into_iter()
            .map(|name| name.parse().unwrap())
            .collect();
        let organization = self.manifest["organization"].as_str();
        let hierarchy = |name: Option<&str>| match name {
            Some("jpki-sign" | "sign") => Hierarchy::Sign,
            _ => Hierarchy::Auth,
        };
        let profile = if written.is_object() {
            ProfileChoice::Custom(Profile {
                name: "written",
                hierarchy: hierarchy(written["hierarchy"].as_str()),
                cards: None,
                organization: organization.unwrap(),
                unit: None,
                policies: &own_policies,
                key_usage: texts(&written["keyUsage"])
                    .into_iter()
                    .fold(KeyUsage(0), |all, bit| {
                        all.and(match bit {
                            "digitalSignature" => KeyUsage::DIGITAL_SIGNATURE,
                            "nonRepudiation" => KeyUsage::NON_REPUDIATION,
                            other => panic!("{other}"),
                        })
                    }),
                extended_key_usage: &purposes,
                schemes: &schemes,
            })
        } else {
            let cards = match options["cards"].as_str() {
                Some("production") => Cards::Production,
                _ => Cards::Test,
            };
            ProfileChoice::Known(hierarchy(written.as_str()), cards)
        };
        let mut jpki = JpkiOptions::new(profile, &anchors, case["now"].as_i64().unwrap());
        jpki.organization = organization;
        jpki.policies = &policies;
        jpki.intermediates = &intermediates;
        jpki.revocation.crls = &crls;
        jpki.revocation.ocsp_responses = &responses;
        jpki.revocation.ocsp_nonce = self.file(&options["ocspNonce"]);
        if options["requireRevocation"] == json!(true) {
            jpki.revocation.require = Requirement::Certificate;
        }

        match case["call"].as_str().unwrap() {
            "verify-certificate" => {
                let result = verify_card_certificate(self.file(&input["certificate"]).unwrap(), &jpki);
                let said = result.as_ref().map_or(
                    Value::Null,
                    |card| json!({ "revocation": card.revocation.as_str() }),
                );
                (ended(result.as_ref(), &secrets), said)
            }
            "verify-signature" => (ended(self.signature(case, &jpki).as_ref(), &secrets), Value::Null),
            "verify-signed-data" => {
                let content = self.file(&input["content"]).map(Content::Data);
                let mut cms = CmsOptions::default();
                cms.content = content;
                cms.certificates = &intermediates;
                cms.allow_sha1 = options["scheme"] == json!("rsa-pkcs1-sha1");
                match verify_card_signed_data(self.file(&input["cms"]).unwrap(), &cms, &jpki) {
                    Ok(data) => {
                        let signers: Vec<&str> = data.signers.iter().map(|_| "valid").collect();
                        (None, json!({ "signers": signers }))
                    }
                    Err(refusal) => {
                        let signers = outcomes(refusal.signers.iter().map(|signer| signer.as_ref().err()));
                        let result: Result<(), _> = Err(&refusal.error);
                        (ended(result, &secrets), json!({ "signers": signers }))
                    }
                }
            }
            "verify-pdf" => {
                match verify_card_pdf(self.file(&input["pdf"]).unwrap(), &CmsOptions::default(), &jpki) {
                    Ok(signers) => {
                        let signers: Vec<&str> = signers.iter().map(|_| "valid").collect();
                        (None, json!({ "signers": signers }))
                    }
                    Err(refusal) => {
                        let signers = outcomes(refusal.signatures.iter().map(|signer| signer.as_ref().err()));
                        let result: Result<(), _> = Err(&refusal.error);
                        (ended(result, &secrets), json!({ "signers": signers }))
                    }
                }
            }
            "read-holder" => {
                let der = self.file(&input["certificate"]).unwrap();
                let said = Certificate::from_der(der).and_then(|certificate| holder(&certificate));
                let result = ended(said.as_ref(), &secrets);
                (result, json!({ "holder": said.unwrap_or_default() }))
            }
            other => panic!("{other}"),
        }
    }

    fn signature(&self, case: &Value, jpki: &JpkiOptions<'_>) -> Result<(), Error> {
        let input = &case["input"];
        let name = case["options"]["scheme"].as_str().unwrap();
        let (name, form) = match name.strip_suffix("-raw") {
            Some(name) => (name, EcdsaForm::Raw),
            None => (name, EcdsaForm::Der),
        };
        let scheme: Scheme = name.parse()?;
        let key = match (self.file(&input["publicKey"]), self.file(&input["certificate"])) {
            (Some(spki), _) => PublicKey::from_spki(spki)?,
            (None, Some(der)) => {
                verify_card_certificate(der, jpki)?;
                PublicKey::from_spki(Certificate::from_der(der)?.spki())?
            }
            _ => unreachable!(),
        };
        let message = match (self.file(&input["data"]), self.file(&input["digest"])) {
            (Some(data), _) => Message::Data(data),
            (_, Some(digest)) => Message::Digest(digest),
            _ => unreachable!(),
        };
        verify(
            scheme,
            &key,
            message,
            self.file(&input["signature"]).unwrap(),
            form,
        )
    }
}

fn outcomes<'e>(errors: impl Iterator<Item = Option<&'e Error>>) -> Vec<&'static str> {
    errors
        .map(|error| error.map_or("valid", |error| error.code().as_str()))
        .collect()
}

fn holder(certificate: &Certificate<'_>) -> Result<Value, Error> {
    let holder = read_holder(certificate)?;
    let unknown: Vec<Value> = holder
        .others
        .iter()
        .map(|entry| match entry.value {
            EntryValue::Text(text) => json!([entry.oid.to_string(), text]),
            EntryValue::Der(_) => json!([entry.oid.to_string()]),
        })
        .collect();
    let warnings: Vec<&str> = holder.warnings.iter().map(|warning| warning.as_str()).collect();
    let address = holder.address.as_ref();
    let birth = holder.birth_date.unwrap();
    let mut said = json!({
        "name": holder.name.raw,
        "nameSubstitution": holder.name.mask,
        "address": address.map(|address| address.raw),
        "addressSubstitution": address.and_then(|address| address.mask),
        "gender": holder.gender.map(|gender| gender.raw().to_owned()),
        "birthDate": birth.raw,
        "unknown": unknown,
        "warnings": warnings,
    });
    if !warnings.contains(&"birth-date-unparsed") {
        said["birth"] = json!({
            "era": birth.era.map_or("unknown", honnin::jpki::Era::as_str),
            "year": birth.year.unwrap_or(0),
            "month": birth.month.unwrap_or(0),
            "day": birth.day.unwrap_or(0),
        });
    }
    Ok(said)
}

#[test]
fn every_case_ends_as_it_must() {
    let Some(fixtures) = fixtures() else { return };
    let cases = fixtures.manifest["cases"].as_array().unwrap();
    assert!(cases.len() > 300);
    let known: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let mut wrong = Vec::new();
    for case in cases {
        let expected = case["expected"].as_str().unwrap();
        assert!(
            expected == "valid" || known.contains(&expected),
            "{expected} is no code"
        );
        let (ended, said) = fixtures.run(case);
        let found = ended.as_deref().unwrap_or("valid");
        if found != expected {
            wrong.push(format!("{}: {found} in place of {expected}", case["id"]));
        }
        for (member, wanted) in case["result"].as_object().into_iter().flatten() {
            let told = &said[member];
            if !told.is_null() && told != wanted {
                wrong.push(format!("{}: {member} {told} in place of {wanted}", case["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
