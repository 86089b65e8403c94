# SPDX-License-Identifier: GPL-3.0-or-later
open = open


class _Memory:
    """A file that is in memory; EMPTY is '' or b''."""

    def __init__(self, initial=None):
        self._data = self._empty if initial is None else initial
        self._at = 0
        self.closed = False

    def read(self, size=-1):
        end = len(self._data) if size is None or size < 0 else self._at + size
        part = self._data[self._at:end]
        self._at += len(part)
        return part

    def readline(self, size=-1):
        end = self._data.find(self._newline, self._at)
        return self.read(end + 1 - self._at if end >= 0 else -1)

    def readlines(self, hint=-1):
        return list(self)

    def write(self, data):
        if not isinstance(data, type(self._empty)):
            raise TypeError(f"string argument expected, got "
                            f"'{type(data).__name__}'")
        self._data = (self._data[:self._at] + data
                      + self._data[self._at + len(data):])
        self._at += len(data)
        return len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def seek(self, offset, whence=0):
        start = [0, self._at, len(self._data)][whence]
        self._at = max(start + offset, 0)
        return self._at

    def tell(self):
        return self._at

    def truncate(self, size=None):
        self._data = self._data[:self._at if size is None else size]

    def getvalue(self):
        return self._data

    def flush(self):
        pass

    def close(self):
        self.closed = True

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class StringIO(_Memory):
    _empty, _newline = '', '\n'


class BytesIO(_Memory):
    _empty, _newline = b'', b'\n'
