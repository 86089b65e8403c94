#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The program without a terminal: options, files, pipes, exit statuses.
. "${srcdir:-.}/tests/cli_functions.sh"

# ------------------------------------------------------------------------ -e
check "-e shows results" 0 "2" -e "1 + 1"
silent
check "-e has the shorthand" 0 "array([2, 4])" -e "x = [1, 2]" -e "x * 2"
check "-e takes several lines" 0 "0
1" -e "for i in range(2):
    print(i)"
check "-e takes commands among lines" 0 "x     int   1" -e "x = 1
who
y = 2"
check "-e ends at the first error" 1 "1" -e "1" -e "1 / 0" -e "2"
error "ZeroDivisionError: division by zero"
check "-e quit" 3 "" -e "quit 3" -e "1"
check "SystemExit" 4 "" -e "raise SystemExit(4)"
check "a command that fails" 1 "" -e "load /nonexistent.py"
error "FileNotFoundError"
error "/nonexistent.py"

# ---------------------------------------------------------------------- FILE
cat >"$dir/program.py" <<'END'
import numpy as np
x = [1, 2]
x
print(x * 2)
print(np.array(x) * 2)
END
check "FILE is Python" 0 "[1, 2, 1, 2]
[2 4]" "$dir/program.py"
silent
cp "$dir/program.py" "$dir/in"
check "standard input is a program" 0 "[1, 2, 1, 2]
[2 4]"
check "- is standard input" 0 "[1, 2, 1, 2]
[2 4]" -
printf 'print(1)\nprint(2 +)\n' >"$dir/wrong.py"
: >"$dir/in"
check "FILE with wrong syntax runs nothing" 1 "" "$dir/wrong.py"
error "SyntaxError"
error "line 2"
error "wrong.py"
printf 'print(1)\nnowhere\nprint(2)\n' >"$dir/stops.py"
check "FILE ends at its first error" 1 "1" "$dir/stops.py"
error "NameError: name 'nowhere' is not defined"
error "line 2"
check "no such FILE" 1 "" "$dir/none.py"
error "none.py"
check "a folder for a FILE" 1 "" "$dir"

# ------------------------------------------------------------------------ -i
cat >"$dir/in" <<'END'
x = [1,
     2]
x
nowhere
if x[0] == 1:
    print("yes")
else:
    print("no")

def f(x):
    for i in x:
        print(i)

f(x)
"a
b"
"""a
b"""
f = 1
del f
who
END
check "-i goes on after errors" 0 "array([1, 2])
yes
1
2
'a\\nb'
x     int64  (2,)   16 bytes" -i
error "NameError: name 'nowhere' is not defined"
error "SyntaxError"
printf 'if True:\n    print("end")' >"$dir/in"
check "-i ends a block at the end of input" 0 "end" -i
echo 'help keras.random' >"$dir/in"
check "help names what a module learns when it is asked" 0 \
    "keras.random: the module keras.random
  normal uniform randint shuffle
help keras.random.NAME explains one of them" -i
printf '%s\n' 'class A:' '    """Doc"""' '' '    def f(self):' '        x = 1' '' \
    '        return x' '' '' '    @property' '    def g(self):' \
    '        return 2' '' 'A().f() + A().g' 'x = 1' '' '   y = 2' 'x' >"$dir/in"
check "-i goes on with a definition after a blank line" 0 "3
1" -i
error "IndentationError: unexpected indent"
printf 'x = [1,\n' >"$dir/in"
check "-i tells what is open at the end" 0 "" -i
error "SyntaxError"
printf '1\nquit\n2\n' >"$dir/in"
check "-i quit" 0 "1" -i
printf 'print("x\0y")\n1\n' >"$dir/in"
check "-i survives a NUL" 0 "1" -i
printf '\377\376\n1\n' >"$dir/in"
check "-i survives what is not UTF-8" 0 "1" -i
: >"$dir/in"
check "-i with nothing" 0 "" -i
printf 'print(1)\nnowhere\nprint(2)\n' | "$TENSOR" -i >"$dir/out" 2>&1
[ "$(sed -n '1p;$p' "$dir/out" | tr '\n' ' ')" = "1 2 " ] ||
    fail "results and errors are in order"

# ------------------------------------------------------------------- options
check "--version" 0 "$("$TENSOR" --version)" --version
check "unknown option" 2 "" --nonsense
error "--nonsense"
[ "$(wc -l <"$dir/err")" -eq 1 ] || fail "unknown option: one line"
check "unknown letter" 2 "" -x
check "option without its value" 2 "" -e
check "wrong seed" 2 "" --seed x -e 1
check "wrong colour" 2 "" --color=blue -e 1
check "too many files" 2 "" a.py b.py
check "one seed, one number" 0 "0.5507979025745755" --seed 3 \
    -e "np.random.rand()"
"$TENSOR" --help >"$dir/out" 2>"$dir/err" || fail "--help"
grep -q -- "--data DIR" "$dir/out" || fail "--help names --data"
check "--data elsewhere" 1 "" --data "$dir" -e "train mnist"
error "$dir"

# ---------------------------------------------------------------------- save
check "save" 0 "[4. 6.]
2 entries written to $dir/saved.py" -e "x = [[1, 2], [3, 4]]" \
    -e "print(zeros(2) + x.sum(axis=0))" -e "save $dir/saved.py"
if python3 -c 'import numpy' 2>/dev/null; then
    python3 "$dir/saved.py" >"$dir/out" 2>"$dir/err"
    [ "$(cat "$dir/out")" = "[4. 6.]" ] || fail "Python runs what is saved"
fi
check "save keeps what _ was" 0 "3
3 entries written to $dir/last.py" -e "# a comment
1 + 2" -e "y = _ * 2" -e "# only a comment" -e "save $dir/last.py"
check "Python would run it, too" 0 "6" -e "load $dir/last.py" -e "y"
check "notes" 0 "3
3 entries written to $dir/notes.md" -e "# Sums" -e "1 + 2" -e "x = 1;" \
    -e "notes $dir/notes.md"
[ "$(cat "$dir/notes.md")" = 'Sums

```text
tensor> 1 + 2
3
tensor> x = 1;
```' ] || { cp "$dir/notes.md" "$dir/out"; fail "notes: text"; }
check "save to a full disk" 1 "" -e "x = 1" -e "save /dev/full"
error "No space left"
check "load" 0 "[4. 6.]
10" -e "load $dir/saved.py" -e "x.sum()"
check "save where there is no folder" 1 "" -e "x = 1" \
    -e "save $dir/none/x.py"
error "none/x.py"

# -------------------------------------------------------------- closed pipes
"$TENSOR" -e 'while True: print("y")' 2>"$dir/err" | head -n 1 >"$dir/out"
[ "$(cat "$dir/out")" = y ] && [ ! -s "$dir/err" ] || fail "a closed pipe"
if [ -w /dev/full ]; then
    "$TENSOR" -e 'print("y")' >/dev/full 2>"$dir/err"
    [ $? -eq 1 ] || fail "a full disk: status"
    grep -q "No space left" "$dir/err" || fail "a full disk: message"
fi

# ------------------------------------------------------------------- signals
"$TENSOR" -e 'while True: pass' >"$dir/out" 2>"$dir/err" &
sleep 1
kill -TERM $!
wait $!
[ $? -eq 143 ] || fail "SIGTERM"

# fit() tells of its epochs as Keras 2 does, unless it is told not to
fit='from keras import models, layers
m = models.Sequential([layers.Dense(1, input_shape=(2,))])
m.compile("sgd", "mse")
m.fit(ones((4, 2)), ones((4, 1)), epochs=2, verbose='
"$TENSOR" -e "${fit}1);" >"$dir/out" 2>&1
[ "$(grep -c '^Epoch [12]/2$' "$dir/out")" = 2 ] || fail "fit tells of epochs"
[ "$(grep -cE '^1/1 \[=*\] - 0s [0-9]+[mu]s/step - loss: ' "$dir/out")" = 2 ] ||
    fail "fit tells of losses"
"$TENSOR" -e "${fit}2);" >"$dir/out" 2>&1
[ "$(grep -cE '^1/1 - 0s - loss: .* - 0s/epoch - [0-9]+[mu]s/step$' \
    "$dir/out")" = 2 ] || fail "fit with verbose=2"
[ -z "$("$TENSOR" -e "${fit}0);" 2>&1)" ] || fail "fit with verbose=0"

finish
