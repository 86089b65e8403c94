# SPDX-License-Identifier: GPL-3.0-or-later
#
# For the tests of the program without a terminal; $TENSOR names it.
: "${TENSOR:?names the program}"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export XDG_STATE_HOME="$dir/state"
failures=0

fail()
{
    echo "FAIL: $1"
    head -c 2000 "$dir/out" "$dir/err" | cut -c 1-200
    failures=$((failures + 1))
}

# check NAME STATUS OUTPUT ARGUMENT…: standard input is $dir/in
check()
{
    name=$1 status=$2 output=$3
    shift 3
    "$TENSOR" "$@" <"$dir/in" >"$dir/out" 2>"$dir/err"
    found=$?
    [ "$found" = "$status" ] || fail "$name: status $found, not $status"
    [ "$(cat "$dir/out")" = "$output" ] || fail "$name: output"
    if grep -q "$(printf '\033')" "$dir/out" "$dir/err"; then
        fail "$name: escape codes"
    fi
}

# error TEXT: the last check wrote it to standard error
error()
{
    grep -qF -- "$1" "$dir/err" || fail "$name: no '$1' in the errors"
}

silent()
{
    [ ! -s "$dir/err" ] || fail "$name: errors"
}

# The last line of such a test.
finish()
{
    [ "$failures" -eq 0 ] && echo "all well"
    exit $((failures > 0))
}

: >"$dir/in"
