"""What can go wrong with storage, whatever the engine: these are all that anybody outside it sees."""


class StorageError(Exception):
    """The database could not do its work; nothing of the transaction is stored; it can be tried again."""


class StorageFull(StorageError):
    """There is no room left on the disk."""


class StorageBusy(StorageError):
    """Another process holds the database for longer than we wait."""


class StorageBroken(StorageError):
    """The file cannot be opened or read, or is damaged."""


class ConstraintViolated(Exception):
    """What was asked for contradicts what is stored: undone with its savepoint, and no trouble of the storage."""


class StorageMisuse(Exception):
    """The file is not a database of this program, or not of this version: one line that says what to do."""


class StorageInUse(StorageMisuse):
    """Another process of this program has the file for itself."""
