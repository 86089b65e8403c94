#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every command's page has an example, and it can be typed as it stands.  They
# run in one session, in the order of the table, in an empty folder.
: "${TENSOR:?names the program}"
reference=$PWD/man/reference
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
failures=0

"$reference" command-examples >list || exit 1
while IFS="$(printf '\t')" read -r name example; do
    if [ -z "$example" ]; then
        echo "FAIL: $name has no example" >&2
        failures=$((failures + 1))
    fi
    case $name in
    resume) ;; # there is nothing to go on with
    fg | stop) printf 'train mnist epochs=1 &\n%s\n' "$example" ;;
    bg | pause) printf 'train mnist epochs=1 &\n%s\nstop\n' "$example" ;;
    quit | exit) ;;
    *) printf '%s\n' "$example" ;;
    esac
done <list >typed
"$TENSOR" -i <typed >out 2>err || failures=$((failures + 1))
if [ -s err ]; then
    echo "FAIL: errors"
    cat err
    failures=$((failures + 1))
fi
for file in work.py work.md; do
    [ -s "$file" ] || { echo "FAIL: no $file"; failures=$((failures + 1)); }
done
for word in quit exit; do
    "$TENSOR" -e "$word" -e "1 / 0" || failures=$((failures + 1))
done
[ "$failures" -eq 0 ]
