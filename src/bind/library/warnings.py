# SPDX-License-Identifier: GPL-3.0-or-later
# Which warnings are shown is fixed here: each once.
import sys

_silent = False


def warn(message, category=None, stacklevel=1, source=None):
    name = 'UserWarning' if category is None else category.__name__
    if not _silent:
        print(f'{name}: {message}', file=sys.stderr)


def filterwarnings(action, message='', category=None, module='', lineno=0,
                   append=False):
    global _silent
    _silent = action == 'ignore'


def simplefilter(action, category=None, lineno=0, append=False):
    filterwarnings(action)


class catch_warnings:
    def __init__(self, *, record=False, **others):
        self._record = record

    def __enter__(self):
        return [] if self._record else None

    def __exit__(self, *error):
        return None
