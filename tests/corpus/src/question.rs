//! What both are asked, in places of the corpus.

/// Whether a certificate is good at a time.
#[derive(Clone, Debug, Default)]
pub struct Question {
    pub leaf: usize,
    pub anchors: Vec<usize>,
    pub intermediates: Vec<usize>,
    pub time: i64,
    /// When the certificate and its issuers are valid, as far as there is such a time.
    pub from: i64,
    pub until: i64,
    /// If there are any, whether the leaf was revoked has to be known.
    pub crls: Vec<usize>,
    /// The same.
    pub ocsp: Vec<usize>,
    /// Anchors need not be self-signed.
    pub partial: bool,
}

impl Question {
    /// Moves the time into a range, if the certificates leave any of it.
    pub fn within(&mut self, from: i64, until: i64) {
        let (from, until) = (from.max(self.from), until.min(self.until));
        if from < until {
            self.time = moment(from, until);
        }
    }
}

/// A moment in a range: neither its middle nor an end, which other ranges may end at as well.
pub fn moment(from: i64, until: i64) -> i64 {
    from + (until - from) / 11 * 5
}
