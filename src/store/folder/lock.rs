//! The lock of a store: a writer has it alone, readers share it.

use std::{
    fs::{File, OpenOptions},
    io::ErrorKind,
    path::Path,
    time::{Duration, Instant},
};

use fs4::{FileExt, TryLockError};

use super::LOCK;
use crate::store::StoreError;

/// A lock that is taken is tried for so long: a child process that is being started holds its parent's locks until it has
/// become another program, and who has just closed a store should be able to open it again.
const PATIENCE: Duration = Duration::from_millis(500);

/// Takes the store's lock. A reader of a folder that cannot be written to does without.
pub(super) fn lock(path: &Path, writable: bool) -> Result<Option<File>, StoreError> {
    let file = path.join(LOCK);
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&file);
    let handle = match opened {
        Ok(handle) => handle,
        Err(error)
            if !writable
                && matches!(
                    error.kind(),
                    ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
                ) =>
        {
            return Ok(None);
        }
        Err(error) => return Err(StoreError::io(file, "open the lock")(error)),
    };
    let take = || {
        if writable {
            FileExt::try_lock(&handle)
        } else {
            FileExt::try_lock_shared(&handle)
        }
    };
    let mut taken = take();
    let given_up = Instant::now() + PATIENCE;
    while matches!(taken, Err(TryLockError::WouldBlock)) && Instant::now() < given_up {
        std::thread::sleep(PATIENCE / 20);
        taken = take();
    }
    match taken {
        Ok(()) => Ok(Some(handle)),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked {
            folder: path.to_owned(),
            doing: if writable { "is using" } else { "is writing" },
        }),
        Err(TryLockError::Error(error)) => Err(StoreError::io(file, "lock the store")(error)),
    }
}
