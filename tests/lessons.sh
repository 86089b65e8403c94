#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The course as its authors play it, and lessons that are broken, endless or
# up to something: said with file and line, without harm.
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failures=0
export HOME="$tmp"

fail() {
    echo "FAIL: $*"
    failures=$((failures + 1))
}

# expect NAME STATUS REGEX COMMAND…: the output has a line like REGEX
expect() {
    name=$1 wanted=$2 regex=$3
    shift 3
    "$@" >"$tmp/out" 2>&1 </dev/null
    status=$?
    [ "$status" -eq "$wanted" ] || fail "$name: status $status"
    grep -Eq "$regex" "$tmp/out" || {
        fail "$name: no line like $regex"
        cat "$tmp/out"
    }
}

step='## A {#a}

Words.'

printf '# T\n\n## A {#a}\n```anwser\n1\n```\n' >"$tmp/broken.md"
expect 'a broken file' 1 'broken.md:4: there is no block .anwser.' \
    "$TENSOR" --lesson "$tmp/broken.md"
expect 'a broken file, checked' 1 'broken.md:4: ' \
    "$TENSOR" --check-lessons "$tmp/broken.md"
expect 'no file' 1 'No such file' "$TENSOR" --lesson "$tmp/none.md"
expect 'no lesson' 1 'there is no lesson 99' "$TENSOR" --lesson 99

# Control characters of a stranger's text are not drawn; every line of the
# lesson is indented, so that none looks like the prompt.
printf '# T\n\n## A {#a}\n\nred \033[31m text\n\n```\ntensor> x\n```\n' \
    >"$tmp/escape.md"
"$TENSOR" --lesson "$tmp/escape.md" </dev/null >"$tmp/out" 2>&1
if grep -q "$(printf '\033')" "$tmp/out"; then
    fail 'escape codes are drawn'
fi
grep -q '^tensor>' "$tmp/out" && fail 'a line looks like the prompt'

# What the lesson defines may not write when the learner calls it, either.
cat >"$tmp/thief.md" <<EOF
# T

\`\`\`setup
def look(x):
    np.save('$tmp/stolen.npy', x)
\`\`\`

$step
EOF
echo 'look([1, 2])' | "$TENSOR" --lesson "$tmp/thief.md" >"$tmp/out" 2>&1
[ -e "$tmp/stolen.npy" ] && fail 'a lesson writes files'
grep -q PermissionError "$tmp/out" || fail 'writing is not refused'

# Answers from a file; the status says whether the lesson came to its end.
printf '24*60*60\nskip\nskip\nb\nx.mean()\nskip\nnext\nskip\nnext\n' |
    "$TENSOR" --lesson 0 >"$tmp/out" 2>&1 || fail 'lesson 0 does not end'
printf '24*60*60\n' | "$TENSOR" --lesson 0 >"$tmp/out" 2>&1 &&
    fail 'an unfinished lesson has status 0'

# Typed from beginning to end with the model answers, in both languages (the
# lessons that train take longer, and are played below).
for file in "$srcdir"/lessons/en/0[2-9]*.md "$srcdir"/lessons/en/1[0-4]*.md; do
    for language in C.UTF-8 zh_CN.UTF-8; do
        awk -f "$srcdir/tests/lesson_answers.awk" "$file" |
            LC_ALL=$language "$TENSOR" --lesson "$file" >"$tmp/out" 2>&1 || {
            fail "$file does not end in $language"
            tail -n 20 "$tmp/out"
        }
    done
done

# All of the course.
"$TENSOR" --check-lessons >"$tmp/out" 2>&1 || {
    fail 'the lessons have faults'
    cat "$tmp/out"
}
tail -n 1 "$tmp/out"
[ "$failures" -eq 0 ]
