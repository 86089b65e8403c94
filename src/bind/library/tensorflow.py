# SPDX-License-Identifier: GPL-3.0-or-later
# TensorFlow's names for what NumPy does; tensors go in and come out.
import numpy as np
import tensorflow as tf
import _nn as _ops

_wrap = tf._wrap
_tensor = tf.convert_to_tensor
_stop_gradient = stop_gradient

float16 = float32 = np.dtype('float32')
float64 = np.dtype('float64')
int8 = np.dtype('int8')
int16 = np.dtype('int16')
int32 = np.dtype('int32')
int64 = np.dtype('int64')
uint8 = np.dtype('uint8')
uint16 = np.dtype('uint16')
uint32 = np.dtype('uint32')
uint64 = np.dtype('uint64')
bool = np.dtype('bool')
newaxis = None
Tensor = type(_tensor(0))


def _of_one(function):
    def call(x, name=None):
        return _wrap(function(_tensor(x)))
    return call


def _of_two(function):
    def call(x, y, name=None):
        x = _tensor(x)
        y = _tensor(y, dtype=x.dtype) if isinstance(y, (int, float)) else y
        return _wrap(function(x, _tensor(y)))
    return call


def _reduction(function):
    def call(input_tensor, axis=None, keepdims=False, name=None):
        return _wrap(function(_tensor(input_tensor), axis=axis,
                              keepdims=keepdims))
    return call


abs = _of_one(np.abs)
negative = _of_one(np.negative)
sign = _of_one(np.sign)
exp = _of_one(np.exp)
log = _of_one(np.log)
sqrt = _of_one(np.sqrt)
square = _of_one(np.square)
sin = _of_one(np.sin)
cos = _of_one(np.cos)
tan = _of_one(np.tan)
asin = _of_one(np.arcsin)
acos = _of_one(np.arccos)
atan = _of_one(np.arctan)
sinh = _of_one(np.sinh)
cosh = _of_one(np.cosh)
tanh = _of_one(np.tanh)
floor = _of_one(np.floor)
round = _of_one(np.rint)
identity = _of_one(np.copy)
logical_not = _of_one(np.logical_not)

add = _of_two(np.add)
subtract = _of_two(np.subtract)
multiply = _of_two(np.multiply)
divide = truediv = _of_two(np.divide)
pow = _of_two(np.power)
maximum = _of_two(np.maximum)
minimum = _of_two(np.minimum)
equal = _of_two(np.equal)
not_equal = _of_two(np.not_equal)
less = _of_two(np.less)
less_equal = _of_two(np.less_equal)
greater = _of_two(np.greater)
greater_equal = _of_two(np.greater_equal)
logical_and = _of_two(np.logical_and)
logical_or = _of_two(np.logical_or)
atan2 = _of_two(np.arctan2)

reduce_sum = _reduction(np.sum)
reduce_mean = _reduction(np.mean)
reduce_max = _reduction(np.max)
reduce_min = _reduction(np.min)
reduce_prod = _reduction(np.prod)
reduce_any = _reduction(np.any)
reduce_all = _reduction(np.all)


def matmul(a, b, transpose_a=False, transpose_b=False, name=None):
    a = _tensor(a)
    b = _tensor(b)
    if a.ndim < 2 or b.ndim < 2:
        raise ValueError('Shape must be at least rank 2 but is rank %d for '
                         'matmul' % min(a.ndim, b.ndim))
    if transpose_a:
        a = np.swapaxes(a, -1, -2)
    if transpose_b:
        b = np.swapaxes(b, -1, -2)
    return _wrap(np.matmul(a, b))


def tensordot(a, b, axes, name=None):
    return _wrap(np.tensordot(_tensor(a), _tensor(b), axes))


def einsum(equation, *inputs):
    return _wrap(np.einsum(equation, *[_tensor(x) for x in inputs]))


def argmax(input, axis=0, output_type=int64, name=None):
    return _wrap(np.argmax(_tensor(input), axis=axis).astype(output_type))


def argmin(input, axis=0, output_type=int64, name=None):
    return _wrap(np.argmin(_tensor(input), axis=axis).astype(output_type))


def cumsum(x, axis=0, name=None):
    return _wrap(np.cumsum(_tensor(x), axis=axis))


def clip_by_value(t, clip_value_min, clip_value_max, name=None):
    return _wrap(np.clip(_tensor(t), clip_value_min, clip_value_max))


def zeros(shape, dtype=float32, name=None):
    return _wrap(np.zeros(shape, dtype))


def ones(shape, dtype=float32, name=None):
    return _wrap(np.ones(shape, dtype))


def fill(dims, value, name=None):
    return tf.constant(value, shape=dims)


def zeros_like(input, dtype=None, name=None):
    return _wrap(np.zeros_like(_tensor(input), dtype))


def ones_like(input, dtype=None, name=None):
    return _wrap(np.ones_like(_tensor(input), dtype))


def eye(num_rows, num_columns=None, dtype=float32, name=None):
    return _wrap(np.eye(num_rows, num_columns, dtype=dtype))


def range(start, limit=None, delta=1, dtype=None, name='range'):
    if limit is None:
        start, limit = 0, start
    numbers = np.arange(start, limit, delta)
    if dtype is None:
        dtype = float32 if numbers.dtype == float64 else int32
    return _wrap(numbers.astype(dtype))


def linspace(start, stop, num, name=None):
    return _wrap(np.linspace(start, stop, num).astype(float32))


def cast(x, dtype, name=None):
    return _tensor(x, dtype=dtype)


def reshape(tensor, shape, name=None):
    return _wrap(np.reshape(_tensor(tensor), shape))


def transpose(a, perm=None, name=None):
    return _wrap(np.transpose(_tensor(a), perm))


def expand_dims(input, axis, name=None):
    return _wrap(np.expand_dims(_tensor(input), axis))


def squeeze(input, axis=None, name=None):
    return _wrap(np.squeeze(_tensor(input), axis))


def concat(values, axis, name=None):
    return _wrap(np.concatenate([_tensor(v) for v in values], axis))


def stack(values, axis=0, name=None):
    return _wrap(np.stack([_tensor(v) for v in values], axis))


def unstack(value, num=None, axis=0, name=None):
    value = np.moveaxis(_tensor(value), axis, 0)
    return [_wrap(part) for part in value]


def split(value, num_or_size_splits, axis=0, name=None):
    if not isinstance(num_or_size_splits, int):
        num_or_size_splits = np.cumsum(num_or_size_splits)[:-1]
    return _wrap(np.split(_tensor(value), num_or_size_splits, axis))


def tile(input, multiples, name=None):
    return _wrap(np.tile(_tensor(input), multiples))


def repeat(input, repeats, axis=None, name=None):
    return _wrap(np.repeat(_tensor(input), repeats, axis))


def reverse(tensor, axis, name=None):
    return _wrap(np.flip(_tensor(tensor), axis))


def gather(params, indices, axis=0, name=None):
    return _wrap(np.take(_tensor(params), _tensor(indices), axis=axis))


def where(condition, x=None, y=None, name=None):
    if x is None:
        return _wrap(np.argwhere(_tensor(condition)))
    return _wrap(np.where(_tensor(condition), _tensor(x), _tensor(y)))


def one_hot(indices, depth, on_value=1.0, off_value=0.0, axis=-1,
            dtype=float32, name=None):
    hit = np.expand_dims(_tensor(indices), -1) == np.arange(depth)
    return _wrap(np.where(hit, on_value, off_value).astype(dtype))


def shape(input, name=None):
    return _tensor(list(_tensor(input).shape), dtype=int32)


def size(input, name=None):
    return _tensor(np.size(_tensor(input)), dtype=int32)


def rank(input, name=None):
    return _tensor(_tensor(input).ndim, dtype=int32)


def norm(tensor, ord='euclidean', axis=None, keepdims=False, name=None):
    if ord == 'euclidean':
        return _wrap(np.sqrt(np.sum(np.square(_tensor(tensor)), axis=axis,
                                    keepdims=keepdims)))
    return _wrap(np.linalg.norm(_tensor(tensor), ord=ord, axis=axis,
                                keepdims=keepdims))


def is_tensor(x):
    return isinstance(x, (Tensor, tf.Variable))


def function(func=None, **options):
    if func is None:
        return lambda func: func
    return func


def stop_gradient(input, name=None):
    return _wrap(_stop_gradient(_tensor(input)))


def relu(features, name=None):
    return _wrap(_ops.relu(_tensor(features)))


def leaky_relu(features, alpha=0.2, name=None):
    return _wrap(_ops.leaky_relu(_tensor(features), alpha))


def elu(features, name=None):
    return _wrap(_ops.elu(_tensor(features)))


def selu(features, name=None):
    return _wrap(_ops.selu(_tensor(features)))


def gelu(features, approximate=False, name=None):
    return _wrap(_ops.gelu(_tensor(features), approximate))


def silu(features, beta=1.0):
    x = _tensor(features)
    return _wrap(x * _ops.sigmoid(beta * x))


def softplus(features, name=None):
    return _wrap(_ops.softplus(_tensor(features)))


def sigmoid(x, name=None):
    return _wrap(_ops.sigmoid(_tensor(x)))


def softmax(logits, axis=-1, name=None):
    return _wrap(_ops.softmax(_tensor(logits), axis))


def log_softmax(logits, axis=-1, name=None):
    return _wrap(_ops.log_softmax(_tensor(logits), axis))


def reduce_logsumexp(input_tensor, axis=None, keepdims=False, name=None):
    return _wrap(_ops.logsumexp(_tensor(input_tensor), axis, keepdims))


def softmax_cross_entropy_with_logits(labels, logits, axis=-1, name=None):
    return _wrap(_ops.categorical_crossentropy(_tensor(labels),
                                               _tensor(logits), True))


def sparse_softmax_cross_entropy_with_logits(labels, logits, name=None):
    return _wrap(_ops.sparse_categorical_crossentropy(_tensor(labels),
                                                      _tensor(logits), True))


def _images(x, what):
    x = _tensor(x)
    if x.ndim != 4:
        raise ValueError(f'{what} takes a batch of images with channels, '
                         f'4 axes, not {x.ndim}')
    return x


def convolution(input, filters, strides=1, padding='VALID',
                data_format=None, dilations=1, name=None):
    """Each filter laid on all places of the images, which have one to three
    axes beside channels: sums of products."""
    return _wrap(_ops.conv(_tensor(input), _tensor(filters), strides, padding,
                           data_format, 1 if dilations is None else dilations))


def conv2d(input, filters, strides=1, padding='VALID', data_format='NHWC',
           dilations=None, name=None):
    """Each filter (height, width, channels, filters) laid on all places of
    the images (images, height, width, channels): sums of products."""
    return convolution(_images(input, 'conv2d'), filters, strides, padding,
                       data_format, dilations)


def max_pool(input, ksize, strides=None, padding='VALID', data_format=None,
             name=None):
    """The largest number in each window of the images."""
    return _wrap(_ops.max_pool(_tensor(input), ksize, strides, padding,
                               data_format))


def max_pool2d(input, ksize, strides=None, padding='VALID',
               data_format='NHWC', name=None):
    """The largest number in each window of the images."""
    return max_pool(_images(input, 'max_pool2d'), ksize, strides, padding,
                    data_format)


def avg_pool(input, ksize, strides=None, padding='VALID', data_format=None,
             name=None):
    """The mean of each window of the images, of what lies in them."""
    return _wrap(_ops.average_pool(_tensor(input), ksize, strides, padding,
                                   data_format))


def avg_pool2d(input, ksize, strides=None, padding='VALID',
               data_format='NHWC', name=None):
    """The mean of each window of the images, of what lies in them."""
    return avg_pool(_images(input, 'avg_pool2d'), ksize, strides, padding,
                    data_format)


class nn:
    convolution = staticmethod(convolution)
    conv1d = staticmethod(convolution)
    conv2d = staticmethod(conv2d)
    conv3d = staticmethod(convolution)
    max_pool = staticmethod(max_pool)
    max_pool2d = staticmethod(max_pool2d)
    avg_pool = staticmethod(avg_pool)
    avg_pool2d = staticmethod(avg_pool2d)
    relu = staticmethod(relu)
    leaky_relu = staticmethod(leaky_relu)
    elu = staticmethod(elu)
    selu = staticmethod(selu)
    gelu = staticmethod(gelu)
    silu = staticmethod(silu)
    swish = staticmethod(silu)
    softplus = staticmethod(softplus)
    sigmoid = staticmethod(sigmoid)
    softmax = staticmethod(softmax)
    log_softmax = staticmethod(log_softmax)
    softmax_cross_entropy_with_logits = staticmethod(
        softmax_cross_entropy_with_logits)
    sparse_softmax_cross_entropy_with_logits = staticmethod(
        sparse_softmax_cross_entropy_with_logits)
    tanh = staticmethod(tanh)


class math:
    abs = staticmethod(abs)
    negative = staticmethod(negative)
    sign = staticmethod(sign)
    exp = staticmethod(exp)
    log = staticmethod(log)
    sqrt = staticmethod(sqrt)
    square = staticmethod(square)
    sin = staticmethod(sin)
    cos = staticmethod(cos)
    tanh = staticmethod(tanh)
    sigmoid = staticmethod(sigmoid)
    softmax = staticmethod(softmax)
    add = staticmethod(add)
    subtract = staticmethod(subtract)
    multiply = staticmethod(multiply)
    divide = staticmethod(divide)
    pow = staticmethod(pow)
    maximum = staticmethod(maximum)
    minimum = staticmethod(minimum)
    equal = staticmethod(equal)
    greater = staticmethod(greater)
    less = staticmethod(less)
    argmax = staticmethod(argmax)
    argmin = staticmethod(argmin)
    cumsum = staticmethod(cumsum)
    reduce_sum = staticmethod(reduce_sum)
    reduce_mean = staticmethod(reduce_mean)
    reduce_max = staticmethod(reduce_max)
    reduce_min = staticmethod(reduce_min)
    reduce_prod = staticmethod(reduce_prod)
    reduce_logsumexp = staticmethod(reduce_logsumexp)


class linalg:
    matmul = staticmethod(matmul)
    norm = staticmethod(norm)
    inv = staticmethod(_of_one(np.linalg.inv))
    det = staticmethod(_of_one(np.linalg.det))
    diag = staticmethod(_of_one(np.diag))
    trace = staticmethod(_of_one(np.trace))
    eye = staticmethod(eye)


class _Random:
    def set_seed(self, seed):
        np.random.seed(seed)

    def normal(self, shape, mean=0.0, stddev=1.0, dtype=float32, seed=None,
               name=None):
        if seed is not None:
            np.random.seed(seed)
        return _wrap(np.random.normal(mean, stddev, shape).astype(dtype))

    def uniform(self, shape, minval=0, maxval=None, dtype=float32, seed=None,
                name=None):
        if seed is not None:
            np.random.seed(seed)
        if dtype in (int32, int64):
            return _wrap(np.random.randint(minval, maxval,
                                           shape).astype(dtype))
        if maxval is None:
            maxval = 1
        return _wrap(np.random.uniform(minval, maxval, shape).astype(dtype))

    def shuffle(self, value, seed=None, name=None):
        return _wrap(np.random.permutation(_tensor(value)))


random = _Random()
