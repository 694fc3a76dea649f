//! Digests: SHA-256 of bytes, as hexadecimal text in files and as 32 bytes in memory.

use sha2::{Digest as _, Sha256};
use std::fmt;
use std::io::{self, Read};

/// The SHA-256 of something, 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Computes the digest of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Computes the digest of all that a reader gives, piece by piece; gives also its length and its first bytes.
    pub(crate) fn of_reader(
        reader: &mut dyn Read,
        head_length: usize,
    ) -> io::Result<(Self, u64, Vec<u8>)> {
        let mut hasher = Sha256::new();
        let mut head = Vec::new();
        let mut length = 0;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = reader.read(&mut buffer)?;
            if read == 0 {
                return Ok((Self(hasher.finalize().into()), length, head));
            }
            let part = &buffer[..read];
            hasher.update(part);
            length += read as u64;
            let missing = head_length.saturating_sub(head.len()).min(read);
            head.extend_from_slice(&part[..missing]);
        }
    }

    /// Computes one digest of many parts; each part's length counts, so that parts cannot run together.
    pub(crate) fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// Gives the 32 bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}
