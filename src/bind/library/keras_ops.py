# SPDX-License-Identifier: GPL-3.0-or-later
# keras.ops: NumPy's names for TensorFlow's tensors.
import _nn
import numpy as np
import tensorflow as tf

_wrap = tf._wrap
_tensor = tf.convert_to_tensor


def _of_one(function):
    def call(x):
        return _wrap(function(_tensor(x)))
    return call


def _reduction(function):
    def call(x, axis=None, keepdims=False):
        return _wrap(function(_tensor(x), axis=axis, keepdims=keepdims))
    return call


add = tf.add
subtract = tf.subtract
multiply = tf.multiply
divide = true_divide = tf.divide
power = tf.pow
maximum = tf.maximum
minimum = tf.minimum
equal = tf.equal
not_equal = tf.not_equal
less = tf.less
less_equal = tf.less_equal
greater = tf.greater
greater_equal = tf.greater_equal
logical_and = tf.logical_and
logical_or = tf.logical_or
logical_not = tf.logical_not

abs = absolute = tf.abs
negative = tf.negative
sign = tf.sign
exp = tf.exp
expm1 = _of_one(np.expm1)
log = tf.log
log1p = _of_one(np.log1p)
log2 = _of_one(np.log2)
log10 = _of_one(np.log10)
sqrt = tf.sqrt
square = tf.square
sin = tf.sin
cos = tf.cos
tan = tf.tan
arcsin = tf.asin
arccos = tf.acos
arctan = tf.atan
sinh = tf.sinh
cosh = tf.cosh
tanh = tf.tanh
floor = tf.floor
ceil = _of_one(np.ceil)
round = tf.round
isnan = _of_one(np.isnan)
isfinite = _of_one(np.isfinite)
copy = _of_one(np.copy)

sum = tf.reduce_sum
mean = tf.reduce_mean
max = amax = tf.reduce_max
min = amin = tf.reduce_min
prod = tf.reduce_prod
any = tf.reduce_any
all = tf.reduce_all
std = _reduction(np.std)
var = _reduction(np.var)
logsumexp = tf.reduce_logsumexp
norm = tf.norm
cumsum = tf.cumsum

relu = _of_one(_nn.relu)
selu = _of_one(_nn.selu)
silu = swish = _of_one(_nn.silu)
sigmoid = _of_one(_nn.sigmoid)
softplus = _of_one(_nn.softplus)
softmax = tf.nn.softmax
log_softmax = tf.nn.log_softmax


def leaky_relu(x, negative_slope=0.2):
    return _wrap(_nn.leaky_relu(_tensor(x), negative_slope))


def elu(x, alpha=1.0):
    return _wrap(_nn.elu(_tensor(x), alpha))


def gelu(x, approximate=True):
    return _wrap(_nn.gelu(_tensor(x), approximate))


def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    return _wrap(_nn.categorical_crossentropy(_tensor(target),
                                              _tensor(output), from_logits))


def sparse_categorical_crossentropy(target, output, from_logits=False,
                                    axis=-1):
    return _wrap(_nn.sparse_categorical_crossentropy(
        _tensor(target), _tensor(output), from_logits))


def binary_crossentropy(target, output, from_logits=False):
    return _wrap(_nn.binary_crossentropy(_tensor(target), _tensor(output),
                                         from_logits))


expand_dims = tf.expand_dims
squeeze = tf.squeeze
tile = tf.tile
repeat = tf.repeat
concatenate = tf.concat
stack = tf.stack
cast = tf.cast
where = tf.where
tensordot = tf.tensordot
einsum = tf.einsum
eye = tf.eye
zeros_like = tf.zeros_like
ones_like = tf.ones_like
stop_gradient = tf.stop_gradient
convert_to_tensor = tf.convert_to_tensor
is_tensor = tf.is_tensor


def matmul(x1, x2):
    return _wrap(np.matmul(_tensor(x1), _tensor(x2)))


def dot(x1, x2):
    return _wrap(np.dot(_tensor(x1), _tensor(x2)))


def outer(x1, x2):
    return _wrap(np.outer(_tensor(x1), _tensor(x2)))


def convert_to_numpy(x):
    return _tensor(x).numpy()


def zeros(shape, dtype='float32'):
    return _wrap(np.zeros(shape, dtype))


def ones(shape, dtype='float32'):
    return _wrap(np.ones(shape, dtype))


def full(shape, fill_value, dtype=None):
    return tf.constant(fill_value, dtype, shape)


def arange(start, stop=None, step=1, dtype=None):
    return tf.range(start, stop, step, dtype)


def linspace(start, stop, num=50):
    return tf.linspace(start, stop, num)


def reshape(x, newshape):
    return tf.reshape(x, newshape)


def transpose(x, axes=None):
    return tf.transpose(x, axes)


def swapaxes(x, axis1, axis2):
    return _wrap(np.swapaxes(_tensor(x), axis1, axis2))


def ravel(x):
    return tf.reshape(x, -1)


def flip(x, axis=None):
    return tf.reverse(x, axis)


def split(x, indices_or_sections, axis=0):
    return _wrap(np.split(_tensor(x), indices_or_sections, axis))


def take(x, indices, axis=None):
    return _wrap(np.take(_tensor(x), _tensor(indices), axis=axis))


def clip(x, x_min, x_max):
    return tf.clip_by_value(x, x_min, x_max)


def argmax(x, axis=None, keepdims=False):
    return _wrap(np.argmax(_tensor(x), axis=axis, keepdims=keepdims))


def argmin(x, axis=None, keepdims=False):
    return _wrap(np.argmin(_tensor(x), axis=axis, keepdims=keepdims))


def sort(x, axis=-1):
    return _wrap(np.sort(_tensor(x), axis))


def argsort(x, axis=-1):
    return _wrap(np.argsort(_tensor(x), axis))


def one_hot(x, num_classes, axis=-1, dtype='float32'):
    return tf.one_hot(x, num_classes, dtype=dtype)


def shape(x):
    return _tensor(x).shape


def size(x):
    return np.size(_tensor(x))


def ndim(x):
    return _tensor(x).ndim


def conv(inputs, kernel, strides=1, padding='valid', data_format=None,
         dilation_rate=1):
    """Each filter laid on all places of the images: sums of products."""
    return _wrap(_nn.conv(_tensor(inputs), _tensor(kernel), strides, padding,
                          data_format, dilation_rate))


def max_pool(inputs, pool_size, strides=None, padding='valid',
             data_format=None):
    """The largest number in each window of the images."""
    return _wrap(_nn.max_pool(_tensor(inputs), pool_size, strides, padding,
                              data_format))


def average_pool(inputs, pool_size, strides=None, padding='valid',
                 data_format=None):
    """The mean of each window of the images, of what lies in them."""
    return _wrap(_nn.average_pool(_tensor(inputs), pool_size, strides,
                                  padding, data_format))
