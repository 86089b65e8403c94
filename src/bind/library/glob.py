# SPDX-License-Identifier: GPL-3.0-or-later
import os
from fnmatch import fnmatch


def glob(pathname):
    folder, pattern = os.path.dirname(pathname), os.path.basename(pathname)
    if not any(c in pathname for c in '*?['):
        return [pathname] if os.path.exists(pathname) else []
    folders = glob(folder) if folder else ['']
    return [os.path.join(each, name)
            for each in folders if not each or os.path.isdir(each)
            for name in os.listdir(each or '.')
            if fnmatch(name, pattern) and
            (pattern.startswith('.') or not name.startswith('.'))]
