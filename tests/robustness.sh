#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is too large, too deep, endless, broken or full: an error that says so,
# and the session goes on.
. "${srcdir:-.}/tests/cli_functions.sh"

# repeat TEXT COUNT
repeat()
{
    awk -v text="$1" -v count="$2" \
        'BEGIN { for (i = 0; i < count; i++) printf "%s", text }'
}

# survives NAME ERROR: $dir/in gives ERROR, and what follows it runs
survives()
{
    echo '1 + 1' >>"$dir/in"
    check "$1" 0 2 -i
    error "$2"
    [ "$(wc -c <"$dir/err")" -lt 2000 ] || fail "$1: a long message"
}

# -------------------------------------------------------------- too large
echo 'zeros((10**9, 10**9));' >"$dir/in"
survives "too large for any machine" \
    "MemoryError: Unable to allocate 6.94 EiB for an array with shape (1000000000, 1000000000) and data type float64"
echo 'x = np.ones(10**13)' >"$dir/in"
survives "larger than the memory" "MemoryError: Unable to allocate 72.8 TiB"
echo 'np.zeros((2**31, 2**31, 2**31))' >"$dir/in"
survives "a size beyond 64 bits" "ValueError: "
echo 'x = "a" * 10**12' >"$dir/in"
survives "a text" "MemoryError"
echo 'x = ["a"] * 10**12' >"$dir/in"
survives "a list" "MemoryError"
printf '"%%1000000000000d" %% 1\n' >"$dir/in"
survives "a number's width" "ValueError"
echo '"{:1000000000000}".format(1)' >"$dir/in"
survives "a width in braces" "ValueError"
{
    printf 'x = "'
    repeat a 10000000
    printf '"\nlen(x)\n'
} >"$dir/in"
check "a line of 10 MB" 0 10000000 -i
silent
repeat 1 10000000 >"$dir/in"
echo >>"$dir/in"
survives "a number of 10 MB" "SyntaxError"

# --------------------------------------------------------------- too deep
for pair in '( )' '[ ]' '{1: }'; do
    {
        repeat "${pair% *}" 10000
        printf 1
        repeat "${pair#* }" 10000
        echo
    } >"$dir/in"
    survives "10000 $pair" "SyntaxError: too many nested parentheses"
done
for word in - 'not ' 'lambda: ' '1 if 1 else ' '1 + ' '2 ** '; do
    {
        repeat "$word" 10000
        echo 1
    } >"$dir/in"
    survives "10000 $word" "SyntaxError: the expression is nested too deeply"
done
for what in 'f = lambda x: f(x + 1); f(1)' 'x = [1, "a"]; x.append(x); x == [x]' \
    'f = lambda x: [f(y) for y in [x]]; f(1)'; do
    echo "$what" >"$dir/in"
    echo '1 + 1' >>"$dir/in"
    "$TENSOR" -i <"$dir/in" >"$dir/out" 2>"$dir/err"
    [ "$(tail -n 1 "$dir/out")" = 2 ] || fail "$what"
    grep -q "RecursionError" "$dir/err" || [ ! -s "$dir/err" ] ||
        fail "$what: not a RecursionError"
done
printf 'def f(x):\n    return f(x)\n\nf(1)\n' >"$dir/in"
survives "a function without an end" "RecursionError"

# ----------------------------------------------------------------- broken
printf 'x = "\377\376"\n' >"$dir/in"
survives "not UTF-8" "SyntaxError"
printf 'x = "abc\n' >"$dir/in"
survives "an open string" "SyntaxError: unterminated string literal"
printf 'x = """abc\n' >"$dir/in"
check "an open long string" 0 "" -i
error "SyntaxError: unterminated triple-quoted string literal"
printf 'x = (1,\n2\n' >"$dir/in"
check "an open bracket" 0 "" -i
error "SyntaxError: '(' was never closed"
printf 'x = (1]\n' >"$dir/in"
survives "the wrong bracket" "SyntaxError: closing parenthesis ']' does not"

# ------------------------------------------------------- folders, full disks
: >"$dir/in"
mkdir "$dir/folder"
check "a folder to run" 1 "" "$dir/folder"
error "Is a directory"
check "a folder to load" 1 "" -e "load $dir/folder"
error "IsADirectoryError"
check "a folder to save" 1 "" -e "x = 1" -e "save $dir/folder"
error "IsADirectoryError"
check "a folder without the data" 1 "" --data "$dir/folder" -e "train mnist"
error "FileNotFoundError"
if [ -w /dev/full ]; then
    check "save on a full disk" 1 "" -e "x = 1" -e "save /dev/full"
    error "No space left on device"
fi
(
    trap '' XFSZ
    ulimit -f 0 2>/dev/null || exit 0
    "$TENSOR" -e "x = 1" -e "save $dir/folder/x.py" 2>&1 | cat
) >"$dir/out"
grep -q "OSError" "$dir/out" || [ ! -s "$dir/out" ] || fail "save within a limit"
[ -z "$(ls -A "$dir/folder")" ] || fail "what could not be saved leaves nothing"

# ---------------------------------------------------------------- endless
# stops ENTRY: Ctrl-C ends it, and the session goes on.
stops() {
    printf '%s\n\n1 + 1\n' "$1" >"$dir/in"
    "$TENSOR" -i <"$dir/in" >"$dir/out" 2>"$dir/err" &
    sleep 1
    kill -INT $!
    wait $!
    [ "$(cat "$dir/out")" = 2 ] || fail "Ctrl-C in: $1"
    grep -q KeyboardInterrupt "$dir/err" || fail "Ctrl-C in $1: no message"
}
stops "while True: pass"
stops "sum(range(10 ** 12))"
stops "np.broadcast_to(1, (10 ** 9, 10 ** 9)).sum()"
stops "np.broadcast_to(1.5, (10 ** 9, 10 ** 9)).max()"
stops "np.broadcast_to(1, (10 ** 7, 10 ** 7)).sum(axis=0)"

finish
