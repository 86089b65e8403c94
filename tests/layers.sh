#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Holds the house to its rules: every #include to the table in src/README.md,
# libraries to the one folder that may use them, each source file to its
# licence line, and the code to functions that bound what they write.
top=${srcdir:-.}
src=$top/src
failures=$(mktemp)
trap 'rm -f "$failures"' EXIT

# allowed FOLDER: the words of the last column of FOLDER's row
allowed() {
    sed -n "s/^| \`$1\` |.*| \(.*\) |\$/\1/p" "$src/README.md" | tr -d ','
}

for file in "$src"/*/*.[ch] "$src"/main.c; do
    folder=$(basename "$(dirname "$file")")
    [ "$folder" = src ] && folder=main.c
    may=" $folder $(allowed "$folder") "
    for used in $(sed -n 's|^#include "\([a-z]*\)/.*|\1|p' "$file" | sort -u); do
        case $may in
        *" $used "*) ;;
        *) echo "$file includes $used/, which its row does not name" ;;
        esac
    done
    head -n 1 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
        echo "$file does not begin with its SPDX line"
done >>"$failures"

# only FOLDER HEADER-PATTERN (the start of what stands in angle brackets)
only() {
    grep -ln "^#include <$2" "$src"/*/*.[ch] | grep -v "^$src/$1/" |
        sed "s|\$| includes <$2…>, which belongs in src/$1|" >>"$failures"
}
only repl readline/
only tensor cblas
only tensor lapacke
only view SDL
# … and there inside the program that shows windows
grep -l '^#include <SDL' "$src"/view/*.[ch] | grep -v '/sdl_[a-z0-9]*\.[ch]$' |
    sed 's|$| includes <SDL…>, which belongs in src/view/sdl_*|' >>"$failures"

grep -nE '\b(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atof|gets|setjmp)\(' \
    "$src"/*/*.[ch] "$src"/main.c >>"$failures"

cat "$failures"
[ ! -s "$failures" ]
