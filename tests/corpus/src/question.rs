//! The question for both, as indexes into the corpus.

/// Whether a certificate is valid at a time.
#[derive(Clone, Debug, Default)]
pub struct Question {
    pub leaf: usize,
    pub anchors: Vec<usize>,
    pub intermediates: Vec<usize>,
    pub time: i64,
    /// When the certificate and its issuers are all valid, if ever.
    pub from: i64,
    pub until: i64,
    /// If there are any, the revocation status of the leaf is required.
    pub crls: Vec<usize>,
    /// The same for OCSP responses.
    pub ocsp: Vec<usize>,
    /// Whether trust anchors need not be self-signed.
    pub partial: bool,
}

impl Question {
    /// Moves the time into a range, as far as the certificates allow.
    pub fn within(&mut self, from: i64, until: i64) {
        let (from, until) = (from.max(self.from), until.min(self.until));
        if from < until {
            self.time = moment(from, until);
        }
    }
}

/// A time in a range: neither its middle nor an end, because other ranges may end there.
pub fn moment(from: i64, until: i64) -> i64 {
    from + (until - from) / 11 * 5
}
