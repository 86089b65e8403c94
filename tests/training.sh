#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `train` as a job: what is cut off, by Ctrl-C, by the end of the program or
# by kill -9, ends at the same weights to the last bit; what cannot be saved
# or read is told in one line.
: "${TENSOR:?names the program}"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export XDG_STATE_HOME="$dir/state"
unset TENSOR_DATA_PATH
failures=0
mkdir "$dir/data"

fail()
{
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# NAME ITEMS HEADER SIZE COUNT: the first ITEMS of the real file, whose header
# has HEADER bytes (written in octal) and whose items have SIZE each
cut_file()
{
    {
        printf "$3"
        gzip -dc "${TENSOR_DATADIR:?names the data}/mnist/$1.gz" |
            tail -c "+$5" | head -c $(($2 * $4))
    } >"$dir/data/$1"
}
images='\000\000\010\003\000\000\007\320\000\000\000\034\000\000\000\034'
labels='\000\000\010\001\000\000\007\320'
for part in train t10k; do
    cut_file $part-images-idx3-ubyte 2000 "$images" 784 17
    cut_file $part-labels-idx1-ubyte 2000 "$labels" 1 9
done

tensor()
{
    "$TENSOR" --data "$dir/data" "$@"
}

keep_weights() # FILE: an expression that writes them
{
    echo "w = np.concatenate([w.ravel() for w in model.get_weights()]);" \
        "w.tofile('$dir/$1')"
}

same_weights() # WHAT FILE
{
    cmp -s "$dir/whole" "$dir/$2" || fail "$1: other weights"
}

# FILE TEXT: until it is written, for ten seconds or more under load
wait_for()
{
    tries=0
    until grep -q "$2" "$1" 2>/dev/null; do
        tries=$((tries + 1))
        [ "$tries" -lt 1000 ] || return 1
        sleep 0.02
    done
}

recipe="epochs=100 layers=64,32 dropout=0.2 optimizer=adam validation=0.1 seed=3"
tensor -e "train mnist $recipe" -e "$(keep_weights whole)" >"$dir/out" ||
    fail "train"
[ -z "$(find "$dir/state" -name '*.npz')" ] || fail "a checkpoint is left"

# kill -9 in the third epoch or later
: >"$dir/out" # else the last one's epochs would be taken for this one's
"$TENSOR" --data "$dir/data" -e "train mnist $recipe" >"$dir/out" 2>&1 &
process=$!
wait_for "$dir/out" "^Epoch 3/" || fail "no third epoch"
kill -9 $process
wait $process 2>/dev/null
tensor -e "resume" -e "$(keep_weights killed)" >"$dir/out" ||
    fail "resume after kill -9"
grep -q "^Epoch 100/100" "$dir/out" || fail "resume: not to the end"
grep -q "^Epoch 1/100" "$dir/out" && fail "resume: from the start"
same_weights "kill -9" killed
tensor -e "resume" >"$dir/out" 2>&1 && fail "a finished one is resumed"

# the end of the program, in the middle of an epoch
tensor -e "train mnist $recipe &" -e "1 + 1" >"$dir/out" 2>"$dir/err" ||
    fail "train &"
grep -q "resume continues, next time, too" "$dir/err" || fail "end: $(cat "$dir/err")"
tensor -e "resume" -e "$(keep_weights left)" >"$dir/out" || fail "resume left"
same_weights "the end of the program" left

# pause, and in the background
tensor -e "train mnist $recipe &" -e "pause" -e "bg" -e "pause" -e "resume" \
    -e "$(keep_weights paused)" >"$dir/out" || fail "pause: $(cat "$dir/out")"
same_weights "pause and bg" paused

# Ctrl-C, then on
: >"$dir/out"
"$TENSOR" --data "$dir/data" -i >"$dir/out" 2>&1 <<END &
train mnist $recipe
resume
$(keep_weights interrupted)
END
process=$!
wait_for "$dir/out" "^Epoch 2/" || fail "no second epoch"
kill -INT $process
wait $process || fail "interrupted: status $?"
grep -q "; resume continues" "$dir/out" || fail "interrupted: $(cat "$dir/out")"
same_weights "Ctrl-C" interrupted

# what cannot be saved: once, and the training goes on
for home in /dev/null/nowhere "$dir/data/train-images-idx3-ubyte"; do
    XDG_STATE_HOME=$home tensor -e "train mnist epochs=30 layers=8" \
        >"$dir/out" 2>&1 || fail "unwritable: status $?"
    [ "$(grep -c "no checkpoint: \[Errno 20\]" "$dir/out")" = 1 ] ||
        fail "unwritable: $(cat "$dir/out")"
    grep -q "^test_acc" "$dir/out" || fail "unwritable: no end"
done
( # a full disk: no file may be longer than this
    trap '' XFSZ
    ulimit -f 16
    tensor -e "train mnist epochs=30" >"$dir/out" 2>&1
) || fail "full: status $?"
grep -q "no checkpoint: \[Errno 27\]" "$dir/out" || fail "full: $(cat "$dir/out")"
grep -q "^test_acc" "$dir/out" || fail "full: no end"
[ -z "$(find "$dir/state" -name '*.npz*')" ] || fail "full: something is left"

# what cannot be read
tensor -e "train mnist $recipe &" -e "1 + 1" >"$dir/out" 2>&1
file=$dir/state/tensor/training/1.npz
cp "$file" "$dir/good" || fail "no $file"
size=$(wc -c <"$file")
for damage in cut text bytes; do
    case $damage in
    cut) head -c $((size / 2)) "$dir/good" >"$file" ;;
    text) echo "not an archive" >"$file" ;;
    bytes) printf 'xxxxxxxx' | dd of="$file" bs=1 seek=$((size / 3)) \
        conv=notrunc 2>/dev/null ;;
    esac
    tensor -e "resume" >"$dir/out" 2>&1 && fail "$damage: resumed"
    grep -q "Error: .*1.npz" "$dir/out" || fail "$damage: $(cat "$dir/out")"
    grep -q "^hint: " "$dir/out" || fail "$damage: no hint"
    cp "$dir/good" "$file"
done
tensor -e "resume" -e "$(keep_weights mended)" >"$dir/out" || fail "mended"
same_weights "mended" mended

# saved as Python, it is the same network, trained in Keras's words
tensor -e "train mnist epochs=3 layers=64,32 dropout=0.2 optimizer=adam \
validation=0.1 rate=0.002 batch=50 seed=3" -e "save $dir/work.py" >"$dir/out" ||
    fail "save: $(cat "$dir/out")"
cat >>"$dir/work.py" <<'END'
print([w.shape for w in model.get_weights()])
print(model.layers[3].rate, round(float(model.optimizer.learning_rate), 6))
print(history.epoch, sorted(history.history), test_images.shape, test_acc > 0.5)
END
tensor "$dir/work.py" >"$dir/out" 2>&1
[ "$(tail -n 3 "$dir/out")" = "[(784, 64), (64,), (64, 32), (32,), (32, 10), (10,)]
0.2 0.002
[0, 1, 2] ['accuracy', 'loss', 'val_accuracy', 'val_loss'] (2000, 28, 28) True" ] ||
    fail "a saved training: $(cat "$dir/work.py" "$dir/out")"

# a rate that is too large, in a model of one's own
cat >"$dir/line.py" <<'END'
x = np.arange(64.0).reshape(64, 1)
net = keras.Sequential([keras.layers.Dense(1, input_shape=(1,))])
net.compile(keras.optimizers.SGD(1.0), 'mse')
train net x 3*x
y = 3 * x
train net x y epochs=20 batch=16 seed=1
net.get_weights()[0].shape
again rate=0.0001 epochs=2
np.isfinite(net.get_weights()[0]).all()
END
tensor -i <"$dir/line.py" >"$dir/out" 2>&1
grep -q "FloatingPointError: the loss is \(nan\|inf\) at epoch" "$dir/out" &&
    grep -q "hint: again rate=0.1" "$dir/out" ||
    fail "not finite: $(cat "$dir/out")"
grep -q "^rate  *- *0.0001" "$dir/out" || fail "no table: $(cat "$dir/out")"
grep -q "^True" "$dir/out" || fail "weights: $(cat "$dir/out")"

# your own model, on your own arrays: y = 3 x
cat >"$dir/line.py" <<'END'
x = np.linspace(-1, 1, 64).reshape(64, 1)
y = 3 * x
net = keras.Sequential([keras.layers.Dense(1, input_shape=(1,))])
net.compile(keras.optimizers.SGD(0.1), 'mse')
train net x y epochs=100 batch=16 seed=1
abs(net.get_weights()[0][0, 0] - 3) < 0.01
train net x y epochs=100000 batch=1 seed=1 &
END
tensor -i <"$dir/line.py" >"$dir/out" 2>&1
grep -q "^True" "$dir/out" || fail "net x y: $(cat "$dir/out")"
tensor -e "resume" >"$dir/out" 2>&1 && fail "resume without net"
grep -q "^hint: net and its data must be there" "$dir/out" ||
    fail "resume without net: $(cat "$dir/out")"
sed 's/^train.*&$/resume \&/; /^train/d; /^abs/d' "$dir/line.py" >"$dir/again.py"
echo stop >>"$dir/again.py"
tensor -i <"$dir/again.py" >"$dir/out" 2>&1
grep -q "^stopped at epoch" "$dir/out" || fail "resume net: $(cat "$dir/out")"

# Fashion-MNIST: where --data says, or how to get it
tensor -e "train fashion epochs=1 layers=4" >"$dir/out" 2>&1 ||
    fail "fashion: $(cat "$dir/out")"
if [ ! -d /usr/share/datasets/fashion-mnist ]; then
    "$TENSOR" -e "train fashion" >"$dir/out" 2>&1 && fail "fashion from nowhere"
    grep -q "^hint: .*sudo apt install dataset-fashion-mnist" "$dir/out" ||
        fail "no fashion: $(cat "$dir/out")"
fi

[ "$failures" -eq 0 ]
