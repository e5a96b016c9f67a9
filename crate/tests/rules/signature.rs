//! Signatures beyond Wycheproof: PKCS #1 v1.5 without DigestInfo, SHA-1, unusual key lengths, salts, and
//! rejected keys.
use crate::synthetic::keys::Key;
use base64ct::{Base64, Encoding};
use honnin::Code;
use honnin::signature::{EcdsaForm, Hash, KeyType, Message, PublicKey, Scheme, verify};
use serde_json::Value;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../data/signatures.json")).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    Base64::decode_vec(value.as_str().unwrap()).unwrap()
}

fn code<T: std::fmt::Debug>(result: Result<T, honnin::Error>) -> Code {
    result.unwrap_err().code()
}

#[test]
fn signatures_by_openssl() {
    let fixture = fixture();
    let data = bytes(&fixture["data"]);
    let cases = fixture["cases"].as_array().unwrap();
    assert!(cases.len() > 100);
    for case in cases {
        let name = &case["name"];
        let scheme: Scheme = case["scheme"].as_str().unwrap().parse().unwrap();
        let key = PublicKey::from_spki(&bytes(&case["spki"])).unwrap();
        let form = if case["form"] == "der" {
            EcdsaForm::Der
        } else {
            EcdsaForm::Raw
        };
        let signature = bytes(&case["signature"]);
        let expected = (case["valid"] == false).then_some(Code::SignatureMismatch);
        let digest = scheme.hash().digest(&data);
        for message in [Message::Data(&data), Message::Digest(&digest)] {
            let actual = verify(scheme, &key, message, &signature, form)
                .err()
                .map(|error| error.code());
            assert_eq!(actual, expected, "{name}");
        }
        if expected.is_some() {
            continue;
        }

        let other = b"other data";
        let refused =
            |message: Message<'_>, signature: &[u8]| code(verify(scheme, &key, message, signature, form));
        assert_eq!(
            refused(Message::Data(other), &signature),
            Code::SignatureMismatch,
            "{name}"
        );
        let mut longer = signature.clone();
        longer.push(0);
        assert_eq!(
            refused(Message::Data(&data), &longer),
            Code::SignatureMismatch,
            "{name}"
        );
        longer.pop();
        longer.insert(0, 0);
        assert_eq!(
            refused(Message::Data(&data), &longer),
            Code::SignatureMismatch,
            "{name}"
        );
        for cut in 0..signature.len() {
            let part = &signature[..cut];
            assert_eq!(
                refused(Message::Digest(&digest), part),
                Code::SignatureMismatch,
                "{name}"
            );
        }
        for at in [0, signature.len() / 2, signature.len() - 1] {
            let mut flipped = signature.clone();
            flipped[at] ^= 1;
            assert_eq!(
                refused(Message::Digest(&digest), &flipped),
                Code::SignatureMismatch,
                "{name}"
            );
        }
        for length in [0, 1, digest.len() - 1, digest.len() + 1] {
            let wrong = vec![0; length];
            assert_eq!(
                refused(Message::Digest(&wrong), &signature),
                Code::OptionsInvalid,
                "{name}"
            );
        }
        for other in Scheme::ALL {
            let expected = if other.key_type() == key.key_type() {
                Code::SignatureMismatch
            } else {
                Code::KeyUnsuitable
            };
            if *other != scheme {
                let result = verify(*other, &key, Message::Data(&data), &signature, form);
                assert_eq!(code(result), expected, "{name} as {other}");
            }
        }
    }
}

/// A number that is not below the modulus is rejected, although it is congruent to a valid signature.
#[test]
fn representative_not_below_the_modulus() {
    let fixture = fixture();
    let data = bytes(&fixture["data"]);
    // 2055 bits leave room for the sum in the top byte.
    let case = fixture["cases"]
        .as_array()
        .unwrap()
        .iter()
        .find(|case| case["name"] == "2055 sha256")
        .unwrap();
    let spki = bytes(&case["spki"]);
    let key = PublicKey::from_spki(&spki).unwrap();
    let signature = bytes(&case["signature"]);
    // The SubjectPublicKeyInfo ends with the modulus and INTEGER 65537.
    let modulus = &spki[spki.len() - 5 - 257..spki.len() - 5];
    let mut sum = vec![0; 257];
    let mut carry = 0;
    for at in (0..257).rev() {
        let value = u16::from(signature[at]) + u16::from(modulus[at]) + carry;
        sum[at] = (value & 0xff) as u8;
        carry = value >> 8;
    }
    assert_eq!(carry, 0);
    let scheme = Scheme::RsaPkcs1Sha256;
    verify(scheme, &key, Message::Data(&data), &signature, EcdsaForm::Raw).unwrap();
    let result = verify(scheme, &key, Message::Data(&data), &sum, EcdsaForm::Raw);
    assert_eq!(code(result), Code::SignatureMismatch);
}

#[test]
fn names_of_schemes() {
    for scheme in Scheme::ALL {
        assert_eq!(scheme.as_str().parse::<Scheme>().unwrap(), *scheme);
        assert_eq!(scheme.to_string(), scheme.as_str());
    }
    for name in [
        "",
        "none",
        "RSA-PKCS1-SHA256",
        "rsa-pkcs1",
        "hmac-sha256",
        "rsa-pkcs1-sha256 ",
    ] {
        assert_eq!(code(name.parse::<Scheme>()), Code::AlgorithmUnsupported);
    }
}

#[test]
fn digests() {
    // FIPS 180-4 examples: "abc".
    let hex = |hash: Hash| -> String {
        hash.digest(b"abc")
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    assert_eq!(hex(Hash::Sha1), "a9993e364706816aba3e25717850c26c9cd0d89d");
    assert_eq!(
        hex(Hash::Sha256),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert!(hex(Hash::Sha384).starts_with("cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"));
    assert!(hex(Hash::Sha512).starts_with("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea2"));
    for hash in [Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512] {
        assert_eq!(hash.digest(b"").len(), hash.length());
    }
}

/// An odd number with the given number of bits.
fn number(bits: usize) -> Vec<u8> {
    let mut bytes = vec![0; bits.div_ceil(8)];
    bytes[0] = 1 << ((bits - 1) % 8);
    *bytes.last_mut().unwrap() |= 1;
    bytes
}

#[test]
fn bounds_of_rsa_keys() {
    let e = [1, 0, 1];
    for (bits, fits) in [
        (1024, false),
        (2047, false),
        (2048, true),
        (2049, true),
        (8192, true),
        (8193, false),
        (65536, false),
    ] {
        let result = PublicKey::rsa(&number(bits), &e);
        if fits {
            let key = result.unwrap();
            assert_eq!((key.bits(), key.key_type()), (bits, KeyType::Rsa));
        } else {
            assert_eq!(code(result), Code::KeySizeUnsupported, "{bits}");
        }
    }
    let n = number(2048);
    for e in [&[3][..], &[17], &[1, 0, 1], &[0xff; 4]] {
        PublicKey::rsa(&n, e).unwrap();
    }
    for e in [
        &[1][..],
        &[2],
        &[4],
        &[1, 0],
        &[1, 0, 0, 0, 0],
        &[1, 0, 0, 0, 1],
        &[0xff; 256],
    ] {
        assert_eq!(code(PublicKey::rsa(&n, e)), Code::KeySizeUnsupported, "{e:?}");
    }
    for e in [&[][..], &[0], &[0, 3], &[0, 1, 0, 1]] {
        assert_eq!(code(PublicKey::rsa(&n, e)), Code::KeyMalformed, "{e:?}");
    }
    let mut even = n.clone();
    even[255] = 2;
    let mut padded = n.clone();
    padded.insert(0, 0);
    for n in [&[][..], &[0], &[0; 256], &even, &padded] {
        assert_eq!(code(PublicKey::rsa(n, &[1, 0, 1])), Code::KeyMalformed);
    }
}

#[test]
fn points() {
    let fixture = fixture();
    let spki = |name: &str| {
        let cases = fixture["cases"].as_array().unwrap();
        bytes(&cases.iter().find(|case| case["name"] == name).unwrap()["spki"])
    };
    type Make = fn(&[u8]) -> Result<PublicKey, honnin::Error>;
    let curves: [(&str, usize, Make); 2] = [
        ("P-256 DER", 65, PublicKey::ec_p256),
        ("P-384 DER", 97, PublicKey::ec_p384),
    ];
    for (name, length, make) in curves {
        let spki = spki(name);
        let point = &spki[spki.len() - length..];
        make(point).unwrap();
        let mut off = point.to_vec();
        off[length - 1] ^= 1;
        let mut hybrid = point.to_vec();
        hybrid[0] = 0x06 | (point[length - 1] & 1);
        let mut compressed = point[..=length / 2].to_vec();
        compressed[0] = 0x02 | (point[length - 1] & 1);
        let mut beyond = point.to_vec();
        beyond[1..].fill(0xff);
        let mut longer = point.to_vec();
        longer.push(0);
        let zeros = [&[4][..], &vec![0; length - 1]].concat();
        for wrong in [
            &[][..],
            &[0],
            &[4],
            &off,
            &hybrid,
            &compressed,
            &beyond,
            &longer,
            &zeros,
            &point[..length - 1],
        ] {
            assert_eq!(code(make(wrong)), Code::KeyMalformed, "{name} {wrong:x?}");
        }
        // A point on one curve is not a point on the other.
        let other: Make = if length == 65 {
            PublicKey::ec_p384
        } else {
            PublicKey::ec_p256
        };
        assert_eq!(code(other(point)), Code::KeyMalformed);
    }
}

#[test]
fn subject_public_key_infos() {
    let fixture = fixture();
    let rsa = bytes(&fixture["cases"][0]["spki"]);
    assert_eq!(
        format!("{:?}", PublicKey::from_spki(&rsa).unwrap()),
        "PublicKey(Rsa, 2048 bits)"
    );

    for cut in 0..rsa.len() {
        assert_eq!(
            code(PublicKey::from_spki(&rsa[..cut])),
            Code::KeyMalformed,
            "cut at {cut}"
        );
    }
    let mut longer = rsa.clone();
    longer.push(0);
    assert_eq!(code(PublicKey::from_spki(&longer)), Code::KeyMalformed);

    // NULL replaced with an OCTET STRING; rsaEncryption with another arc.
    let null = rsa.windows(2).position(|pair| pair == [5, 0]).unwrap();
    for (at, value) in [(null, 4), (null - 1, 10)] {
        let mut other = rsa.clone();
        other[at] = value;
        assert_eq!(code(PublicKey::from_spki(&other)), Code::AlgorithmUnsupported);
    }
    // Without NULL, as some software writes it: the error says so, and not that the key is not RSA.
    let mut without = [&rsa[..null], &rsa[null + 2..]].concat();
    for low in [3, 5] {
        without[low] -= 2;
    }
    let refused = PublicKey::from_spki(&without).unwrap_err();
    assert_eq!(refused.code(), Code::AlgorithmUnsupported);
    assert!(
        refused.message().contains("are not NULL"),
        "{}",
        refused.message()
    );
    // A BIT STRING with unused bits; a negative modulus.
    let bits = null + 2 + 4;
    assert_eq!((rsa[bits - 4], rsa[bits]), (3, 0));
    let modulus = bits + 1 + 4 + 4;
    assert_eq!((rsa[modulus - 4], rsa[modulus]), (2, 0));
    let mut unused = rsa.clone();
    unused[bits] = 1;
    assert_eq!(code(PublicKey::from_spki(&unused)), Code::KeyMalformed);
    let mut negative = rsa.clone();
    negative[modulus] = 0x80;
    assert_eq!(code(PublicKey::from_spki(&negative)), Code::KeyMalformed);
    // An exponent with a leading zero that DER forbids.
    let mut longer = rsa[..rsa.len() - 5].to_vec();
    longer.extend([2, 4, 0, 1, 0, 1]);
    for low in [3, bits - 1, bits + 4] {
        longer[low] += 1;
    }
    assert_eq!(code(PublicKey::from_spki(&longer)), Code::KeyMalformed);
    // A one-byte length in two bytes, and an indefinite length.
    for header in [&[0x30, 0x83, 0x00, 0x01, 0x22][..], &[0x30, 0x80]] {
        let other = [header, &rsa[4..]].concat();
        assert_eq!(code(PublicKey::from_spki(&other)), Code::KeyMalformed);
    }
}

/// Precomputed values of recent keys are kept, fewer than there are keys here.
#[test]
fn many_keys_in_turn_are_not_confused() {
    let data = b"one message";
    let keys: Vec<Key> = (0..5)
        .map(Key::rsa)
        .chain(["a", "b", "c", "d", "e", "f"].map(Key::p256))
        .chain(["a", "b", "c", "d", "e", "f"].map(Key::p384))
        .collect();
    let signatures: Vec<Vec<u8>> = keys.iter().map(|key| key.sign(key.usual(), data)).collect();
    let accepts = |key: usize, signature: usize| {
        let public = PublicKey::from_spki(&keys[key].spki()).unwrap();
        let scheme = match public.key_type() {
            KeyType::Rsa => Scheme::RsaPkcs1Sha256,
            KeyType::P256 => Scheme::EcdsaP256Sha256,
            _ => Scheme::EcdsaP384Sha384,
        };
        verify(
            scheme,
            &public,
            Message::Data(data),
            &signatures[signature],
            EcdsaForm::Der,
        )
        .is_ok()
    };
    // Each key often enough for its table, and twice with it, in an order in which keys come back soon and late.
    for at in (0..6).flat_map(|round| (0..keys.len()).map(move |at| at * (1 + round % 3) % 17)) {
        for _ in 0..7 {
            assert!(accepts(at, at), "{at}");
        }
        assert!(!accepts(at, (at + 1) % keys.len()), "{at}");
    }
    // The same modulus with another exponent is another key.
    let Key::Rsa { n, .. } = &keys[0] else {
        panic!("the first five are RSA keys");
    };
    for (exponent, expected) in [(&[3][..], false), (&[1, 0, 1], true)].repeat(3) {
        let public = PublicKey::rsa(n, exponent).unwrap();
        let verified = verify(
            Scheme::RsaPkcs1Sha256,
            &public,
            Message::Data(data),
            &signatures[0],
            EcdsaForm::Der,
        );
        assert_eq!(verified.is_ok(), expected, "{exponent:?}");
    }
}
