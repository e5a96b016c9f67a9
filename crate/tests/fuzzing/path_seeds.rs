//! Hierarchies with policies, constraints, CRLs and OCSP responses, for [`super::path`].

use super::bundle::Bundle;
use super::path::CLIENT_AUTH;
use super::path::POLICY;
use crate::pki::*;

fn world() -> Bundle {
    Bundle::default().with('A', 1, root("Root", &Key::new(1)))
}

fn leaf(issuer: &str) -> Template {
    Template::new(issuer, "Leaf", &Key::new(3)).serial(&[42])
}

fn crls_of(issuer: &str, serials: &[u8]) -> CrlTemplate {
    let entries = serials.iter();
    entries.fold(CrlTemplate::new(issuer), |crl, serial| crl.entry(&[*serial], &[]))
}

pub fn seeds() -> Vec<Bundle> {
    use crate::pki::ocsp::Ocsp;
    let root_key = Key::new(1);
    let ca = |issuer: &str, subject: &str, key: u32, signer: u32, extensions: &[Vec<u8>]| {
        let template = Template::ca(issuer, subject, &Key::new(key)).with(subject_key(&Key::new(key).id()));
        extensions
            .iter()
            .fold(template, |template, extension| template.with(extension.clone()))
            .sign(&Key::new(signer))
    };
    let host = || {
        alt_names(&[
            tlv(0x82, b"a.example"),
            tlv(0x81, b"a@mail.example"),
            tlv(0x86, b"https://a.example/x"),
        ])
    };
    let subtrees = |permitted: &[&[u8]]| {
        let permitted: Vec<_> = permitted.iter().map(|host| tlv(0x82, host)).collect();
        name_constraints(
            &permitted,
            &[
                tlv(0x81, b"x.example"),
                directory(&rdns(&[&rdn("2.5.4.10", "X")])),
            ],
        )
    };
    let named = leaf("CA 0")
        .with(authority_key(&Key::new(4).id()))
        .with(key_usage(0x80))
        .with(ext_key_usage(&[CLIENT_AUTH]))
        .with(policies(&[POLICY, "1.2.392.1.2"]))
        .with(host())
        .sign(&Key::new(4));
    let full = |crl: &[u8], response: &[u8]| {
        world()
            .with('L', 1, leaf("Root").sign(&root_key))
            .with('C', 1, crl)
            .with('R', 1, response)
    };
    let switches = |flags: u8, revocation: u8| [flags, revocation, 0, 0, 0, 9];
    let responder = Template::new("Root", "Responder", &Key::new(5))
        .with(key_usage(0x80))
        .with(ext_key_usage(&["1.3.6.1.5.5.7.3.9"]))
        .with(extension("1.3.6.1.5.5.7.48.1.5", false, &[5, 0]))
        .sign(&root_key);
    let mut delegated = Ocsp::new();
    delegated.responder = tlv(0xa1, &name("Responder"));
    delegated.certificates = vec![responder];
    let entries = CrlTemplate::new("Root")
        .entry(&[41], &[reason(1)])
        .entry(&[43], &[]);
    let partition = full_name(&name("Partition"));
    let pointed = leaf("Root")
        .with(distribution_points(&[seq(&[&partition])]))
        .sign(&root_key);
    let part = CrlTemplate::new("Root")
        .with(issuing(&[&partition, &tlv(0x81, &[0xff])]))
        .sign(&root_key);
    let indirect_leaf = leaf("Root")
        .with(distribution_points(&[seq(&[
            &partition,
            &tlv(0xa2, &directory(&name("Lists"))),
        ])]))
        .sign(&root_key);
    let indirect = CrlTemplate::new("Lists")
        .entry(&[41], &[certificate_issuer(&name("Root"))])
        .with(issuing(&[&partition, &tlv(0x84, &[0xff])]))
        .sign(&Key::new(6));
    let lists = Template::new("Root", "Lists", &Key::new(6))
        .with(key_usage(0x02))
        .sign(&root_key);
    let mapped = ca(
        "Root",
        "CA 0",
        4,
        1,
        &[
            policies(&[POLICY]),
            mappings(&[(POLICY.into(), "1.2.392.1.2".into())]),
            extension("2.5.29.36", true, &seq(&[&tlv(0x80, &[0])])),
        ],
    );
    let hosts: Vec<_> = (0..1_000)
        .map(|at| tlv(0x82, format!("h{at}.example").as_bytes()))
        .collect();
    let rolled = Template::ca("Root", "Root", &Key::new(7)).sign(&root_key);
    vec![
        world()
            .with('L', 1, leaf("Root").sign(&root_key))
            .with('#', 0, switches(0, 0)),
        world()
            .with(
                'I',
                1,
                ca(
                    "Root",
                    "CA 1",
                    2,
                    1,
                    &[
                        policies(&["2.5.29.32.0"]),
                        subtrees(&[b"example"]),
                        extension("2.5.29.54", true, &int(&[2])),
                    ],
                ),
            )
            .with(
                'I',
                2,
                ca(
                    "CA 1",
                    "CA 0",
                    4,
                    2,
                    &[
                        policies(&[POLICY]),
                        ext_key_usage(&[CLIENT_AUTH]),
                        basic_constraints(Some(0)),
                    ],
                ),
            )
            .with(
                'I',
                2,
                ca(
                    "CA 1",
                    "CA 0",
                    4,
                    2,
                    &[policies(&[POLICY]), subtrees(&[b"example", b"a.example"])],
                ),
            )
            .with('L', 4, &named)
            .with('#', 0, switches(0x21, 0x60)),
        full(&entries.sign(&root_key), &Ocsp::new().sign(&root_key)).with('#', 0, switches(0, 2)),
        full(&entries.entry(&[42], &[reason(4)]).sign(&root_key), &[]).with('#', 0, switches(0, 4)),
        world()
            .with('L', 1, leaf("Root").sign(&root_key))
            .with('R', 5, delegated.sign(&Key::new(5)))
            .with('#', 0, switches(0, 0x11)),
        world()
            .with('L', 1, &pointed)
            .with('C', 1, &part)
            .with('#', 0, switches(0, 2)),
        world()
            .with('I', 1, &lists)
            .with('L', 1, &indirect_leaf)
            .with('C', 6, &indirect)
            .with('#', 0, switches(0, 1)),
        world()
            .with('L', 1, leaf("Root").sign(&root_key))
            .with('C', 1, CrlTemplate::new("Root").sign(&root_key))
            .with(
                'C',
                1,
                CrlTemplate::new("Root")
                    .with(crl_number(2))
                    .with(delta_indicator(1))
                    .entry(&[40], &[reason(8)])
                    .sign(&root_key),
            )
            .with('#', 0, switches(0, 1)),
        world()
            .with('I', 1, &mapped)
            .with(
                'L',
                4,
                leaf("CA 0").with(policies(&["1.2.392.1.2"])).sign(&Key::new(4)),
            )
            .with('#', 0, switches(1, 0x20)),
        world()
            .with('I', 1, &rolled)
            .with('I', 7, ca("Root", "CA 0", 4, 7, &[]))
            .with('L', 4, &named)
            .with('#', 0, switches(0x10, 0)),
        // Two CRLs of the same age, one of which revokes.
        full(&crls_of("Root", &[41]).sign(&root_key), &[])
            .with('C', 1, crls_of("Root", &[42]).sign(&root_key))
            .with('#', 0, switches(0, 2)),
        // Long CRLs.
        full(&crls_of("Root", &[7; 1_200]).sign(&root_key), &[]).with('#', 0, switches(0, 2)),
        world()
            .with('L', 1, leaf("Root").with(alt_names(&hosts)).sign(&root_key))
            .with('#', 0, switches(0, 0x40)),
        world()
            .with('L', 1, leaf("Root").version_1(&root_key))
            .with('#', 0, switches(0x40, 0)),
    ]
}
