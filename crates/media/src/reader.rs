//! Small reads at any offset of a file, without reading the rest.

use std::io::{self, Read, Seek, SeekFrom};

use thiserror::Error;

/// Bytes of the first read. It covers small files and the headers of most others.
const HEAD: usize = 64 * 1024;
/// Minimum size of further reads, because headers are close together.
const BLOCK: usize = 16 * 1024;
/// Largest single header that is decoded. A header that claims to be larger is damaged.
const MAX_HEADER: usize = 16 * 1024 * 1024;

/// Why headers could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// An I/O error.
    #[error("the file could not be read: {0}")]
    Io(#[from] io::Error),
    /// The headers extend past the end of the file: it is incomplete.
    #[error("the file ends before its headers do; it may still be copied")]
    Truncated,
    /// The headers are invalid.
    #[error("the file is damaged: {0}")]
    Malformed(&'static str),
}

/// Reads at offsets. Caches the beginning of the file and the last block.
#[derive(Debug)]
pub(crate) struct Reader<R> {
    inner: R,
    len: u64,
    head: Vec<u8>,
    block: Vec<u8>,
    block_at: u64,
}

impl<R: Read + Seek> Reader<R> {
    pub(crate) fn new(mut inner: R) -> io::Result<Self> {
        let len = inner.seek(SeekFrom::End(0))?;
        inner.seek(SeekFrom::Start(0))?;
        let mut head = Vec::new();
        (&mut inner).take(HEAD as u64).read_to_end(&mut head)?;
        Ok(Self { inner, len, head, block: Vec::new(), block_at: 0 })
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns `count` bytes at offset `at`.
    pub(crate) fn get(&mut self, at: u64, count: usize) -> Result<&[u8], ReadError> {
        if count > MAX_HEADER {
            return Err(ReadError::Malformed("a header claims to be larger than any is"));
        }
        let end =
            at.checked_add(count as u64).ok_or(ReadError::Malformed("a header lies beyond any file"))?;
        if end > self.len {
            return Err(ReadError::Truncated);
        }
        if end <= self.head.len() as u64 {
            return Ok(&self.head[at as usize..end as usize]);
        }
        if at < self.block_at || end > self.block_at + self.block.len() as u64 {
            self.fill(at, count.max(BLOCK))?;
        }
        let from = (at - self.block_at) as usize;
        self.block.get(from..from + count).ok_or(ReadError::Truncated)
    }

    fn fill(&mut self, at: u64, count: usize) -> io::Result<()> {
        self.block.clear();
        self.block_at = at;
        self.inner.seek(SeekFrom::Start(at))?;
        (&mut self.inner).take(count as u64).read_to_end(&mut self.block)?;
        Ok(())
    }
}

/// Reads big-endian numbers from a slice; `None` if the slice is too short.
pub(crate) trait Numbers {
    fn u8_at(&self, at: usize) -> Option<u8>;
    fn u16_at(&self, at: usize) -> Option<u16>;
    fn u32_at(&self, at: usize) -> Option<u32>;
    fn u64_at(&self, at: usize) -> Option<u64>;
}

impl Numbers for [u8] {
    fn u8_at(&self, at: usize) -> Option<u8> {
        self.get(at).copied()
    }

    fn u16_at(&self, at: usize) -> Option<u16> {
        Some(u16::from_be_bytes(self.get(at..at.checked_add(2)?)?.try_into().ok()?))
    }

    fn u32_at(&self, at: usize) -> Option<u32> {
        Some(u32::from_be_bytes(self.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }

    fn u64_at(&self, at: usize) -> Option<u64> {
        Some(u64::from_be_bytes(self.get(at..at.checked_add(8)?)?.try_into().ok()?))
    }
}
