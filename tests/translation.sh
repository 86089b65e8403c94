#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The Chinese translation is complete and fits: po/tables.c is what the tables
# say, po/POTFILES.in names every file with messages, and each message has its
# translation, with the same % directives.
top=${srcdir:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

complain() {
    echo "$1"
    status=1
}

po/texts >"$work/tables.c" || exit 99
cmp -s "$work/tables.c" "$top/po/tables.c" ||
    complain "po/tables.c is not what the tables say: make update-texts"

if ! command -v xgettext >/dev/null || ! command -v msgcmp >/dev/null; then
    echo "no gettext here"
    exit 77
fi
cd "$top" || exit 99
grep -v '^#' po/POTFILES.in | sort >"$work/listed"
{
    echo po/tables.c
    grep -lE '\bN?_\("|\bN?_\($' src/*.c src/*/*.c
} | sort >"$work/wanted"
diff "$work/listed" "$work/wanted" ||
    complain "po/POTFILES.in does not name the files with messages"

xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --files-from="$work/listed" \
    --output="$work/tensor.pot" || status=1
for catalog in po/*.po; do
    msgcmp "$catalog" "$work/tensor.pot" ||
        complain "$catalog: not every message is translated"
    msgfmt --check --output-file=/dev/null "$catalog" ||
        complain "$catalog is wrong"
done
exit $status
