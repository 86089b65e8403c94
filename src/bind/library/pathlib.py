# SPDX-License-Identifier: GPL-3.0-or-later
import os
from fnmatch import fnmatch


class PurePath(str):  # so that open() takes it
    def __new__(cls, *parts):
        path = os.path.join('', *[str(part) for part in parts])
        kept = [part for part in path.split('/') if part not in ('', '.')]
        path = (('/' if path.startswith('/') else '') + '/'.join(kept)) or '.'
        self = super().__new__(cls, path)
        self._path = path
        return self

    def __str__(self):
        return self._path

    def __repr__(self):
        return f'PosixPath({self._path!r})'

    def __fspath__(self):
        return self._path

    def __truediv__(self, other):
        return type(self)(self._path, other)

    def __rtruediv__(self, other):
        return type(self)(other, self._path)

    def __eq__(self, other):
        return isinstance(other, PurePath) and self._path == other._path

    def __lt__(self, other):
        return self._path < other._path

    def __hash__(self):
        return hash(self._path)

    def joinpath(self, *others):
        return type(self)(self._path, *others)

    @property
    def parts(self):
        parts = [part for part in self._path.split('/') if part]
        return tuple((['/'] if self._path.startswith('/') else []) + parts)

    @property
    def name(self):
        return os.path.basename(self._path) if self._path != '.' else ''

    @property
    def suffix(self):
        return os.path.splitext(self.name)[1]

    @property
    def stem(self):
        return os.path.splitext(self.name)[0]

    @property
    def parent(self):
        return type(self)(os.path.dirname(self._path) or '.')

    def with_suffix(self, suffix):
        return self.parent / (self.stem + suffix)

    def with_name(self, name):
        return self.parent / name

    def is_absolute(self):
        return self._path.startswith('/')


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls(os.path.expanduser('~'))

    def exists(self):
        return os.path.exists(self._path)

    def is_file(self):
        return os.path.isfile(self._path)

    def is_dir(self):
        return os.path.isdir(self._path)

    def resolve(self):
        return type(self)(os.path.abspath(self._path))

    def absolute(self):
        return self.resolve()

    def open(self, mode='r', **keywords):
        return open(self._path, mode, **keywords)

    def read_text(self, encoding=None):
        with open(self._path) as file:
            return file.read()

    def read_bytes(self):
        with open(self._path, 'rb') as file:
            return file.read()

    def write_text(self, data, encoding=None):
        with open(self._path, 'w') as file:
            return file.write(data)

    def write_bytes(self, data):
        with open(self._path, 'wb') as file:
            return file.write(data)

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        if exist_ok and self.is_dir():
            return
        (os.makedirs if parents else os.mkdir)(self._path)

    def unlink(self, missing_ok=False):
        if not missing_ok or self.exists():
            os.remove(self._path)

    def rmdir(self):
        os.rmdir(self._path)

    def rename(self, target):
        os.rename(self._path, str(target))
        return type(self)(str(target))

    def touch(self):
        with open(self._path, 'a'):
            pass

    def iterdir(self):
        for name in os.listdir(self._path):
            yield self / name

    def glob(self, pattern):
        deep = pattern.startswith('**/')
        for each in sorted(self.iterdir()):
            if fnmatch(each.name, pattern[3:] if deep else pattern):
                yield each
            if deep and each.is_dir():
                yield from each.glob(pattern)

    def rglob(self, pattern):
        return self.glob('**/' + pattern)


PosixPath = Path
