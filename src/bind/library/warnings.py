# SPDX-License-Identifier: GPL-3.0-or-later
# Which warnings are shown: each once, unless its category is ignored.
import sys
import _warnings
from numpy import RankWarning, VisibleDeprecationWarning

_CATEGORIES = [RuntimeWarning, UserWarning, DeprecationWarning, FutureWarning,
               RankWarning, VisibleDeprecationWarning]
_filters = []  # (action, category), the newest first
_records = []  # lists of those that catch_warnings(record=True) has given


class WarningMessage:
    def __init__(self, message, category):
        self.message = message
        self.category = category


def _action(category):
    for action, parent in _filters:
        if issubclass(category, parent):
            return action
    return 'default'


def _apply():
    _warnings.silence([category.__name__ for category in _CATEGORIES
                       if _action(category) == 'ignore'])


def warn(message, category=None, stacklevel=1, source=None):
    if isinstance(message, Warning):
        category = type(message)
    elif category is None:
        category = UserWarning
    action = _action(category)
    if action == 'ignore':
        return
    if not isinstance(message, Warning):
        message = category(message)
    if action == 'error':
        raise message
    if _records and _records[-1] is not None:
        _records[-1].append(WarningMessage(message, category))
    else:
        print(f'{category.__name__}: {message}', file=sys.stderr)


def filterwarnings(action, message='', category=Warning, module='', lineno=0,
                   append=False):
    simplefilter(action, category, lineno, append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    if append:
        _filters.append((action, category))
    else:
        _filters.insert(0, (action, category))
    _apply()


def resetwarnings():
    _filters.clear()
    _apply()


class catch_warnings:
    def __init__(self, *, record=False, **others):
        self._record = record

    def __enter__(self):
        self._filters = list(_filters)
        _records.append([] if self._record else None)
        return _records[-1]

    def __exit__(self, *error):
        _records.pop()
        _filters[:] = self._filters
        _apply()
