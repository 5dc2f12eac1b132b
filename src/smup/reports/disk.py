"""What a disk says against a file, in words."""

import errno

_WORDS = {
    errno.ENOSPC: "brak miejsca na dysku",
    errno.EDQUOT: "wyczerpany przydział miejsca na dysku",
    errno.EROFS: "dysk jest tylko do odczytu",
    errno.EACCES: "brak uprawnień do zapisu",
    errno.EPERM: "brak uprawnień do zapisu",
    errno.ENOENT: "nie ma takiego folderu i nie można go utworzyć",
    errno.ENOTDIR: "część ścieżki nie jest folderem",
    errno.EEXIST: "część ścieżki nie jest folderem",
    errno.EISDIR: "w tym miejscu jest folder",
    errno.ENAMETOOLONG: "nazwa jest za długa",
}


def disk_words(error: OSError) -> str:
    """The reason without a file's name, so that it is the same every time."""
    return _WORDS.get(error.errno or 0, error.strerror or str(error))
