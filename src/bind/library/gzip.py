# SPDX-License-Identifier: GPL-3.0-or-later
from _bytes import gunzip


class GzipFile:
    """A file's contents; reading only."""

    def __init__(self, filename, mode='rb'):
        if 'r' not in mode:
            raise ValueError('gzip files can only be read here')
        self._data = gunzip(filename)
        if 't' in mode:
            self._data = self._data.decode()
        self._at = 0

    def read(self, size=-1):
        end = len(self._data) if size is None or size < 0 else self._at + size
        part = self._data[self._at:end]
        self._at += len(part)
        return part

    def readline(self):
        mark = '\n' if isinstance(self._data, str) else b'\n'
        end = self._data[self._at:].find(mark)
        return self.read(end + 1 if end >= 0 else -1)

    def __iter__(self):
        line = self.readline()
        while line:
            yield line
            line = self.readline()

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def open(filename, mode='rb', compresslevel=9, encoding=None):
    return GzipFile(filename, mode)
