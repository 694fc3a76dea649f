//! Whether files are the same: told by their lengths first, so that most are never read.

use crate::disk::Disk;
use crate::finding::Failure;
use std::io::Read;
use std::path::Path;

/// Tells whether a file has these bytes; a link or a folder never has.
pub(crate) fn same_bytes(disk: &dyn Disk, bytes: &[u8], old: &Path) -> bool {
    let has_length = disk.stat(old).is_some_and(|stat| {
        !stat.is_folder && !stat.is_link && stat.stamp.length == bytes.len() as u64
    });
    has_length && disk.read(old).is_ok_and(|old| old == bytes)
}

/// Tells whether two files have the same bytes, and reads them piece by piece; a link or a folder in the place of the second never has.
pub(crate) fn same_file(
    left_disk: &dyn Disk,
    left: &Path,
    right_disk: &dyn Disk,
    right: &Path,
) -> Result<bool, Failure> {
    let (Some(left_stat), Some(right_stat)) = (left_disk.stat(left), right_disk.stat(right)) else {
        return Ok(false);
    };
    if right_stat.is_folder
        || right_stat.is_link
        || left_stat.stamp.length != right_stat.stamp.length
    {
        return Ok(false);
    }
    let (mut left_file, mut right_file) = (left_disk.open(left)?, right_disk.open(right)?);
    let (mut left_part, mut right_part) = (Vec::new(), Vec::new());
    loop {
        left_part.clear();
        right_part.clear();
        left_file
            .by_ref()
            .take(1 << 16)
            .read_to_end(&mut left_part)
            .map_err(|cause| Failure::io("read", left, &cause))?;
        right_file
            .by_ref()
            .take(1 << 16)
            .read_to_end(&mut right_part)
            .map_err(|cause| Failure::io("read", right, &cause))?;
        if left_part != right_part {
            return Ok(false);
        }
        if left_part.is_empty() {
            return Ok(true);
        }
    }
}
