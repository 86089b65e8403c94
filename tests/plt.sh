#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Programs that call matplotlib.pyplot print here what they print with
# matplotlib 3.6.3: plt/*.out, recorded by `MPLBACKEND=agg python3 -W ignore`.
# Then savefig(), and show() where nothing can be shown.
status=0
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT

complain() {
    echo "FAIL $1"
    status=1
}

# expect NAME WANTED CODE: what CODE prints, as if typed
expect() {
    found=$("$TENSOR" -e "$3" 2>&1)
    case $found in
    *"$2"*) ;;
    *) complain "$1: $found" ;;
    esac
}

for wanted in "$srcdir"/tests/plt/*.out; do
    "$TENSOR" "${wanted%.out}.py" 2>/dev/null >"$work/found"
    diff "$wanted" "$work/found" || complain "$wanted"
done

# Files are what their names say, as large as the figure asks for.
size_of() { # of a PNG: width and height are bytes 16 to 23
    od -An -tu1 -j16 -N8 "$1" | awk '{ print $3 * 256 + $4, $7 * 256 + $8 }'
}
save="plt.figure(figsize=(5, 4)); plt.plot([1, 2])"
"$TENSOR" -e "$save; plt.savefig('$work/a.png'); plt.savefig('$work/a.svg')
plt.savefig('$work/a.pdf'); plt.savefig('$work/b'); plt.savefig('$work/c.png', dpi=50)
plt.savefig('$work/d', format='svg')" >/dev/null 2>&1
test "$(size_of "$work/a.png")" = "500 400" || complain "a.png is not 500 x 400"
test "$(size_of "$work/b.png")" = "500 400" || complain "b.png is not 500 x 400"
test "$(size_of "$work/c.png")" = "250 200" || complain "c.png is not 250 x 200"
head -c 200 "$work/a.svg" | grep -q '<svg' || complain "a.svg is no SVG"
head -c 200 "$work/d.svg" | grep -q '<svg' || complain "d.svg is no SVG"
head -c 5 "$work/a.pdf" | grep -q '%PDF-' || complain "a.pdf is no PDF"

mkdir "$work/locked" && chmod a-w "$work/locked"
if ! (: >"$work/locked/try") 2>/dev/null; then
    expect locked "PermissionError: [Errno 13] Permission denied" \
        "plt.savefig('$work/locked/x.png')"
fi
expect missing "FileNotFoundError: [Errno 2] No such file or directory" \
    "plt.savefig('$work/none/x.png')"
expect format "ValueError: Format 'foo' is not supported" \
    "plt.savefig('$work/x.foo')"

# The notes of a session show its figures, between its blocks.
printf '%s\n' 'plt.plot([1, 2]);' 'plt.show()' 'show [1, 2, 3]' \
    "notes $work/n.md" | TENSOR_GRAPHICS=off "$TENSOR" -i >/dev/null 2>&1
test "$(size_of "$work/n-1.png")" = "640 480" || complain "n-1.png"
grep -qx '!\[\](n-2.png)' "$work/n.md" || complain "n.md shows no n-2.png"
test "$(grep -c '^```' "$work/n.md")" = 4 || complain "blocks of n.md"

# Nothing to show it on: nothing happens, and the next figure is a new one.
for graphics in '' off; do
    found=$(env -u DISPLAY -u WAYLAND_DISPLAY TENSOR_GRAPHICS=$graphics \
        "$TENSOR" -e "plt.plot([1, 2]);" -e "plt.show()" \
        -e "len(plt.gcf().axes)" -e "show [1, 2, 3]" </dev/null 2>&1)
    test "$found" = 0 || complain "show() without a display: $found"
done

# show: each of these has its picture, as tensor-1.png and so on.
model='keras.Sequential([keras.layers.Dense(8, input_shape=(4,)), keras.layers.Dense(2)])'
count=0
for value in 'np.zeros((28, 28))' '[1, 2, 3]' '[[1], [2]] + [3, 4]' "$model" \
    "$model.layers[0]" 'dict(loss=[2.0, 1.0], accuracy=[0.5, 0.6])' \
    'plt.figure()' 'plt.gca()' 'range(5)' 'tf.constant([1.0, 2.0])'; do
    count=$((count + 1))
    (cd "$work" && TENSOR_GRAPHICS=file "$TENSOR" -e "show $value") \
        >"$work/shown" 2>&1 && test -s "$work/tensor-$count.png" ||
        complain "show $value: $(cat "$work/shown")"
done
expect string "TypeError: a value of type str has no picture" "show 'text'"
expect number "TypeError: a single number has no picture" "show 3"
expect statement "SyntaxError: show takes an expression" "show x = 3"
expect undefined "NameError: name 'nowhere' is not defined" "show nowhere"
expect inline "" "%matplotlib inline"

# Odd numbers draw: nothing fails.
for call in 'plt.plot([])' 'plt.plot([np.nan, 1, np.inf])' \
    'plt.imshow(np.full((3, 3), np.nan))' 'plt.imshow(np.zeros((0, 3)))' \
    'plt.scatter([], [])' 'plt.hist([np.nan, 1, 2])' \
    'plt.bar([], [])' 'plt.plot(np.arange(1000000))' \
    'plt.plot([1e308, -1e308])' 'plt.semilogy([-1, 0, 1])' \
    'plt.contourf(np.zeros((3, 3)))' 'plt.title("\xff\n$x^2$ 中文")'; do
    "$TENSOR" -e "$call;" -e "plt.savefig('$work/odd.png')" \
        >"$work/odd" 2>&1 && test -s "$work/odd.png" ||
        complain "$call: $(cat "$work/odd")"
    rm -f "$work/odd.png"
done
exit $status
