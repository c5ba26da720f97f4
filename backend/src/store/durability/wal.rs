//! Checks DuckDB's write-ahead log before the database opens it. If the end of the log cannot be read, everything after
//! the last readable commit is moved into a file beside it. Without that, DuckDB would drop it silently or refuse to
//! start. Nothing is deleted.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::store::error::{Result, StoreError};

/// The first bytes of version 2 of the log. A log that begins otherwise is left to DuckDB.
const LOG_HEAD: [u8; 8] = [0x64, 0, 0x62, 0x65, 0, 2, 0xff, 0xff];
/// Each entry: its length and checksum, little-endian, then the payload.
const FRAME_BYTES: u64 = 16;
const COMMIT_ENTRY: [u8; 5] = [0x64, 0, 0x64, 0xff, 0xff];
/// The kind of entry which says that the database already holds the log.
const CHECKPOINT_ENTRY: [u8; 3] = [0x64, 0, 0x63];

/// An unreadable end of a log that was moved into a file of its own.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LogCut {
    /// The file that holds it.
    pub kept_in: PathBuf,
    pub bytes: u64,
    pub defect: Defect,
    /// Commits behind the defect, as far as they can be recognised; only the kept file holds them.
    pub later_commits: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Defect {
    /// The last entry is incomplete: a process was killed in the middle of a commit it never acknowledged, or the
    /// file lost its end.
    Torn,
    /// An entry has another checksum: the bytes are not those that were written.
    Damaged,
}

#[derive(Debug, PartialEq)]
enum Found {
    Readable,
    Broken {
        /// End of the last commit before the defect.
        good: u64,
        defect: Defect,
        later_commits: u32,
    },
    /// The log must not be cut, because commits could be lost or counted twice.
    Unmendable(&'static str),
}

/// Moves an unreadable end of the log of a database into a file of its own; `stamp` becomes a part of its name.
pub(crate) fn mend(log: &Path, stamp: &str) -> Result<Option<LogCut>> {
    let Ok(file) = File::options().read(true).write(true).open(log) else {
        return Ok(None);
    };
    let len = file.metadata()?.len();
    let (good, defect, later_commits) = match scan(BufReader::new(&file), len)? {
        Found::Readable => return Ok(None),
        Found::Broken { good, defect, later_commits } => (good, defect, later_commits),
        Found::Unmendable(why) => {
            return Err(StoreError::Damaged(format!(
                "the log {} cannot be read: {why}. It was left as it is; restore a backup, or move it aside to start \
                 without the commits it holds",
                log.display()
            )));
        }
    };
    let mut name = log.as_os_str().to_owned();
    name.push(format!(".cut-{stamp}-at-{good}"));
    let kept_in = PathBuf::from(name);
    if let Err(error) = keep_tail(&file, good, &kept_in) {
        if defect == Defect::Torn {
            tracing::warn!(%error, "no room to keep the torn tail of the log; left to the database");
            return Ok(None);
        }
        return Err(error.into());
    }
    file.set_len(good)?;
    file.sync_all()?;
    Ok(Some(LogCut { kept_in, bytes: len - good, defect, later_commits }))
}

fn keep_tail(mut log: &File, from: u64, kept_in: &Path) -> std::io::Result<()> {
    log.seek(SeekFrom::Start(from))?;
    let mut kept = File::create_new(kept_in)?;
    std::io::copy(&mut log, &mut kept)?;
    kept.flush()?;
    kept.sync_all()
}

fn scan(mut log: impl Read, len: u64) -> Result<Found> {
    let mut head = [0; LOG_HEAD.len()];
    if len < LOG_HEAD.len() as u64 {
        return Ok(match len {
            0 => Found::Readable,
            _ => Found::Broken { good: 0, defect: Defect::Torn, later_commits: 0 },
        });
    }
    log.read_exact(&mut head)?;
    if head != LOG_HEAD {
        return Ok(if head[..3] == LOG_HEAD[..3] {
            Found::Readable
        } else {
            Found::Unmendable("its head is damaged")
        });
    }
    let (mut at, mut good) = (LOG_HEAD.len() as u64, LOG_HEAD.len() as u64);
    let mut damaged = false;
    let mut later_commits = 0;
    let mut payload = Vec::new();
    while at < len {
        let mut frame = [0; FRAME_BYTES as usize];
        let left = (len - at).checked_sub(FRAME_BYTES);
        let size = match left {
            Some(_) => {
                log.read_exact(&mut frame)?;
                u64::from_le_bytes(frame[..8].try_into().unwrap_or_default())
            }
            None => u64::MAX,
        };
        if left.is_none_or(|it| size > it) {
            let defect = if damaged { Defect::Damaged } else { Defect::Torn };
            return Ok(Found::Broken { good, defect, later_commits });
        }
        payload.resize(usize::try_from(size).unwrap_or(0), 0);
        log.read_exact(&mut payload)?;
        let sum = u64::from_le_bytes(frame[8..].try_into().unwrap_or_default());
        if checksum(&payload) != sum {
            if payload.starts_with(&CHECKPOINT_ENTRY) {
                return Ok(Found::Unmendable("its mark of a checkpoint is damaged"));
            }
            damaged = true;
        }
        at += FRAME_BYTES + size;
        if payload == COMMIT_ENTRY || payload.starts_with(&CHECKPOINT_ENTRY) {
            if damaged {
                later_commits += 1;
            } else {
                good = at;
            }
        }
    }
    Ok(if damaged {
        Found::Broken { good, defect: Defect::Damaged, later_commits }
    } else {
        Found::Readable
    })
}

/// DuckDB's checksum of a log entry.
fn checksum(payload: &[u8]) -> u64 {
    let (words, rest) = payload.as_chunks::<8>();
    let sum = words.iter().fold(5381, |sum, word| {
        sum ^ u64::from_le_bytes(*word).wrapping_mul(0xbf58_476d_1ce4_e5b9)
    });
    if rest.is_empty() {
        return sum;
    }
    const MURMUR_FACTOR: u64 = 0xc6a4_a793_5bd1_e995;
    let mut h = 0xe17a_1465 ^ (rest.len() as u64).wrapping_mul(MURMUR_FACTOR);
    for (at, byte) in rest.iter().enumerate() {
        h ^= u64::from(*byte) << (8 * at);
    }
    h = h.wrapping_mul(MURMUR_FACTOR);
    h = (h ^ (h >> 47)).wrapping_mul(MURMUR_FACTOR);
    sum ^ h ^ (h >> 47)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(payloads: &[&[u8]]) -> Vec<u8> {
        let mut it = LOG_HEAD.to_vec();
        for payload in payloads {
            it.extend((payload.len() as u64).to_le_bytes());
            it.extend(checksum(payload).to_le_bytes());
            it.extend(*payload);
        }
        it
    }

    fn found(bytes: &[u8]) -> Found {
        scan(bytes, bytes.len() as u64).unwrap()
    }

    #[test]
    fn the_checksum_is_duckdbs() {
        assert_eq!(checksum(&[]), 5381);
        assert_eq!(checksum(&COMMIT_ENTRY), 6_790_844_601_184_681_703);
    }

    #[test]
    fn every_torn_length_is_cut_back_to_the_last_commit() {
        let one = log(&[b"insert one", &COMMIT_ENTRY]).len();
        let whole = log(&[b"insert one", &COMMIT_ENTRY, b"insert two", &COMMIT_ENTRY]);
        assert_eq!(found(&whole), Found::Readable);
        for len in one + 1..whole.len() {
            let end_of_entry = len == whole.len() - FRAME_BYTES as usize - COMMIT_ENTRY.len();
            match found(&whole[..len]) {
                Found::Readable => assert!(end_of_entry, "{len}"),
                Found::Broken { good, defect, .. } => {
                    assert_eq!((good as usize, defect), (one, Defect::Torn), "{len}");
                }
                other => panic!("{len}: {other:?}"),
            }
        }
    }

    #[test]
    fn damage_in_the_middle_is_told_from_a_torn_end_and_counts_what_follows() {
        let first = log(&[b"insert one", &COMMIT_ENTRY]).len();
        let mut bytes = log(&[
            b"insert one",
            &COMMIT_ENTRY,
            b"insert two",
            &COMMIT_ENTRY,
            b"three",
            &COMMIT_ENTRY,
        ]);
        bytes[first + FRAME_BYTES as usize + 2] ^= 1;
        assert_eq!(
            found(&bytes),
            Found::Broken { good: first as u64, defect: Defect::Damaged, later_commits: 2 }
        );
    }

    #[test]
    fn a_damaged_head_is_never_cut() {
        let mut bytes = log(&[b"insert one", &COMMIT_ENTRY]);
        bytes[0] ^= 1;
        assert!(matches!(found(&bytes), Found::Unmendable(_)));
    }
}
