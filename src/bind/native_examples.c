/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/native_examples.h"

#include <stddef.h>
#include <string.h>

/* Sorted by family; what they print is what Python prints. */
static const struct native_example rows[] = {
    {"print", ">>> print(1, 'two', [3.0])\n"
              "1 two [3.0]\n"
              ">>> print('a', 'b', sep='-')\n"
              "a-b"},
    {"abs", ">>> abs(-3)\n"
            "3\n"
            ">>> abs(np.array([-1, 2]))\n"
            "array([1, 2])"},
    {"round", ">>> round(2.567, 1)\n"
              "2.6\n"
              ">>> round(2.5)\n"
              "2"},
    {"pow", ">>> pow(2, 10)\n"
            "1024"},
    {"divmod", ">>> divmod(17, 5)\n"
               "(3, 2)"},
    {"type", ">>> type(1.5)\n"
             "<class 'float'>\n"
             ">>> type('text')\n"
             "<class 'str'>"},
    {"isinstance", ">>> isinstance(3, int)\n"
                   "True\n"
                   ">>> isinstance(3, (str, float))\n"
                   "False"},
    {"repr", ">>> repr('text')\n"
             "\"'text'\""},
    {"id", ">>> x = y = [1, 'a']\n"
           ">>> id(x) == id(y)\n"
           "True"},
    {"np.frombuffer",
     ">>> np.frombuffer(b'\\x01\\x02', dtype=np.uint8)\n"
     "array([1, 2], dtype=uint8)"},
    {"globals", ">>> width = 3\n"
                ">>> globals()['width']\n"
                "3"},
    {"eval", ">>> x = 3\n"
             ">>> eval('x**2 + 1')\n"
             "10\n"
             ">>> eval('a * b', {'a': 2, 'b': 5})\n"
             "10"},
    {"exec", ">>> exec('y = 4')\n"
             ">>> y\n"
             "4"},
    {"locals", ">>> def f(a):\n"
               "...     b = a + 1\n"
               "...     return locals()\n"
               ">>> f(1)\n"
               "{'a': 1, 'b': 2}"},
    {"callable", ">>> callable(len)\n"
                 "True\n"
                 ">>> callable(3)\n"
                 "False"},
    {"getattr", ">>> getattr(np.array([1, 2]), 'shape')\n"
                "(2,)\n"
                ">>> getattr(3, 'shape', 'none')\n"
                "'none'"},
    {"hasattr", ">>> hasattr(np.zeros(3), 'shape')\n"
                "True"},
    {"chr", ">>> chr(97)\n"
            "'a'"},
    {"ord", ">>> ord('a')\n"
            "97"},
    {"len", ">>> len('tensor')\n"
            "6\n"
            ">>> len(np.zeros((2, 3)))\n"
            "2"},
    {"range", ">>> list(range(2, 10, 3))\n"
              "[2, 5, 8]"},
    {"enumerate", ">>> for i, word in enumerate(['a', 'b']):\n"
                  "...     print(i, word)\n"
                  "...\n"
                  "0 a\n"
                  "1 b"},
    {"zip", ">>> list(zip([1, 2], ['a', 'b']))\n"
            "[(1, 'a'), (2, 'b')]"},
    {"map", ">>> list(map(abs, [-1, 2, -3]))\n"
            "[1, 2, 3]"},
    {"filter", ">>> list(filter(lambda x: x > 1, [1, 2, 3]))\n"
               "[2, 3]"},
    {"sorted", ">>> sorted([3, 1, 2])\n"
               "[1, 2, 3]\n"
               ">>> sorted(['bb', 'a', 'ccc'], key=len, reverse=True)\n"
               "['ccc', 'bb', 'a']"},
    {"reversed", ">>> list(reversed([1, 2, 3]))\n"
                 "[3, 2, 1]"},
    {"min", ">>> min(3, 1, 2)\n"
            "1\n"
            ">>> min(['bb', 'a'], key=len)\n"
            "'a'"},
    {"max", ">>> max([3, 1, 2])\n"
            "3"},
    {"sum", ">>> sum([1, 2, 3])\n"
            "6\n"
            ">>> sum(x * x for x in range(4))\n"
            "14"},
    {"any", ">>> any([False, True])\n"
            "True"},
    {"all", ">>> all([False, True])\n"
            "False"},
    {"iter", ">>> it = iter([1, 2])\n"
             ">>> next(it)\n"
             "1"},
    {"next", ">>> it = iter([1, 2])\n"
             ">>> next(it)\n"
             "1\n"
             ">>> next(it)\n"
             "2\n"
             ">>> next(it, 'no more')\n"
             "'no more'"},
    {"super", ">>> class Named:\n"
              "...     def __init__(self, name):\n"
              "...         self.name = name\n"
              "...\n"
              ">>> class Sized(Named):\n"
              "...     def __init__(self, name, size):\n"
              "...         super().__init__(name)\n"
              "...         self.size = size\n"
              "...\n"
              ">>> Sized('w', 3).name\n"
              "'w'"},
    {"ascii", ">>> ascii('é')\n"
              "\"'\\\\xe9'\""},
    {"setattr", ">>> class Box: pass\n"
                ">>> box = Box()\n"
                ">>> setattr(box, 'size', 3)\n"
                ">>> box.size\n"
                "3"},
    {"delattr", ">>> class Box: size = 3\n"
                ">>> delattr(Box, 'size')\n"
                ">>> hasattr(Box, 'size')\n"
                "False"},
    {"dir", ">>> class Box:\n"
            "...     size = 3\n"
            "...\n"
            ">>> 'size' in dir(Box)\n"
            "True"},
    {"format", ">>> format(3.14159, '.2f')\n"
               "'3.14'\n"
               ">>> format(7, '03d')\n"
               "'007'"},
    {"hash", ">>> hash('a') == hash('a')\n"
             "True"},
    {"issubclass", ">>> issubclass(bool, int)\n"
                   "True"},
    {"vars", ">>> class Box: pass\n"
             ">>> box = Box()\n"
             ">>> box.size = 3\n"
             ">>> vars(box)\n"
             "{'size': 3}"},
    {"np.dtype", ">>> np.dtype('float32')\n"
                 "dtype('float32')\n"
                 ">>> np.dtype('uint8').itemsize\n"
                 "1"},
    {"np.set_printoptions", ">>> np.set_printoptions(precision=3)\n"
                            ">>> np.array([1 / 3])\n"
                            "array([0.333])\n"
                            ">>> np.set_printoptions(precision=8)"},
    {"np.get_printoptions", ">>> np.get_printoptions()['precision']\n"
                            "8"},
    {"np.shares_memory", ">>> x = np.zeros(4)\n"
                         ">>> np.shares_memory(x, x[1:])\n"
                         "True\n"
                         ">>> np.shares_memory(x, x.copy())\n"
                         "False"},
    {"np.may_share_memory", ">>> x = np.zeros(4)\n"
                            ">>> np.may_share_memory(x, x[1:])\n"
                            "True"},
    {"np.array_equal", ">>> np.array_equal([1, 2], [1, 2])\n"
                       "True\n"
                       ">>> np.array_equal([1, 2], [1, 2, 3])\n"
                       "False"},
    {"np.isclose", ">>> np.isclose([0.1 + 0.2, 1], [0.3, 2])\n"
                   "array([ True, False])"},
    {"np.allclose", ">>> np.allclose([0.1 + 0.2], [0.3])\n"
                    "True"},
    {"open",
     ">>> f = open('notes.txt', 'w')\n"
     ">>> f.write('two words')\n"
     "9\n"
     ">>> f.close()\n"
     ">>> open('notes.txt').read()\n"
     "'two words'"},
    {"np.printoptions",
     ">>> with np.printoptions(precision=2):\n"
     "...     print(np.array([1.23456]))\n"
     "...\n"
     "[1.23]"},
    {"np.format_float_positional",
     ">>> np.format_float_positional(0.00001)\n"
     "'0.00001'\n"
     ">>> np.format_float_positional(3.14159, precision=2)\n"
     "'3.14'"},
    {"np.format_float_scientific",
     ">>> np.format_float_scientific(12345.678, precision=3)\n"
     "'1.235e+04'"},
    {"np.save",
     ">>> np.save('x.npy', np.array([1, 2, 3]))\n"
     ">>> np.load('x.npy')\n"
     "array([1, 2, 3])"},
    {"np.savez",
     ">>> np.savez('x.npz', a=np.arange(3), b=np.ones(2))\n"
     ">>> np.load('x.npz')['b']\n"
     "array([1., 1.])"},
    {"np.savez_compressed",
     ">>> np.savez_compressed('x.npz', a=np.zeros(1000))\n"
     ">>> np.load('x.npz')['a'].shape\n"
     "(1000,)"},
    {"np.load",
     ">>> np.savez('x.npz', a=np.arange(3))\n"
     ">>> with np.load('x.npz') as d:\n"
     "...     print(d.files, d['a'])\n"
     "...\n"
     "['a'] [0 1 2]"},
    {"np.fromfile",
     ">>> np.arange(3.0).tofile('x.bin')\n"
     ">>> np.fromfile('x.bin')\n"
     "array([0., 1., 2.])"},
    {"np.fromstring",
     ">>> np.fromstring('1, 2, 3', sep=',')\n"
     "array([1., 2., 3.])"},
    {"np.savetxt",
     ">>> np.savetxt('x.csv', np.array([[1, 2], [3, 4]]), fmt='%d', "
     "delimiter=',')\n"
     ">>> print(open('x.csv').read())\n"
     "1,2\n"
     "3,4\n"
     "<BLANKLINE>"},
    {"np.loadtxt",
     ">>> np.loadtxt(['1 2', '3 4'])\n"
     "array([[1., 2.],\n"
     "       [3., 4.]])\n"
     ">>> np.loadtxt(['x,y', '1,2', '3,4'], delimiter=',', skiprows=1, "
     "usecols=1)\n"
     "array([2., 4.])"},
    {"np.genfromtxt",
     ">>> np.genfromtxt(['1,2', '3,'], delimiter=',')\n"
     "array([[ 1.,  2.],\n"
     "       [ 3., nan]])"},
    {"np.array_repr", ">>> np.array_repr(np.array([1, 2]))\n"
                      "'array([1, 2])'"},
    {"np.array_str", ">>> np.array_str(np.array([1, 2]))\n"
                     "'[1 2]'"},
    {"np.array2string", ">>> np.array2string(np.array([1, 2]))\n"
                        "'[1 2]'"},
    {"np.binary_repr", ">>> np.binary_repr(5), np.binary_repr(-3, width=4)\n"
                       "('101', '1101')"},
    {"np.base_repr", ">>> np.base_repr(30, 16)\n"
                     "'1E'"},
    {"np.can_cast", ">>> np.can_cast('int32', 'int64'), np.can_cast(300, "
                    "'int8')\n"
                    "(True, False)"},
    {"np.promote_types", ">>> np.promote_types('int32', 'float32')\n"
                         "dtype('float64')"},
    {"np.result_type", ">>> np.result_type(np.arange(3, dtype='int8'), 3)\n"
                       "dtype('int8')"},
    {"np.common_type", ">>> np.common_type(np.arange(2), np.arange(3.))\n"
                       "<class 'numpy.float64'>"},
    {"np.find_common_type", ">>> np.find_common_type(['int8'], ['int64'])\n"
                            "dtype('int8')"},
    {"np.min_scalar_type", ">>> np.min_scalar_type(300)\n"
                           "dtype('uint16')"},
    {"np.issubdtype", ">>> np.issubdtype('int8', np.integer)\n"
                      "True"},
    {"np.isscalar", ">>> np.isscalar(3.1), np.isscalar(np.array([3.1]))\n"
                    "(True, False)"},
    {"np.seterr", ">>> old = np.seterr(divide='ignore')\n"
                  ">>> np.log([1., 0.])\n"
                  "array([  0., -inf])\n"
                  ">>> now = np.seterr(divide='warn')"},
    {"np.geterr", ">>> np.geterr()\n"
                  "{'divide': 'warn', 'over': 'warn', 'under': 'ignore', "
                  "'invalid': 'warn'}"},
    {"np.errstate", ">>> with np.errstate(divide='ignore'):\n"
                    "...     print(np.log([1., 0.]))\n"
                    "...\n"
                    "[  0. -inf]"},
    {"np.finfo", ">>> np.finfo(np.float32).eps\n"
                 "1.1920929e-07"},
    {"np.iinfo", ">>> np.iinfo(np.int8)\n"
                 "iinfo(min=-128, max=127, dtype=int8)"},
    {"x.tolist", ">>> np.array([[1, 2], [3, 4]]).tolist()\n"
                 "[[1, 2], [3, 4]]"},
    {"math.sqrt", ">>> import math\n"
                  ">>> math.sqrt(9)\n"
                  "3.0"},
    {"math.exp", ">>> import math\n"
                 ">>> math.exp(0)\n"
                 "1.0"},
    {"math.expm1", ">>> import math\n"
                   ">>> math.expm1(0)\n"
                   "0.0"},
    {"math.log2", ">>> import math\n"
                  ">>> math.log2(8)\n"
                  "3.0"},
    {"math.log10", ">>> import math\n"
                   ">>> math.log10(1000)\n"
                   "3.0"},
    {"math.log1p", ">>> import math\n"
                   ">>> math.log1p(0)\n"
                   "0.0"},
    {"math.sin", ">>> import math\n"
                 ">>> math.sin(math.pi / 2)\n"
                 "1.0"},
    {"math.cos", ">>> import math\n"
                 ">>> math.cos(0)\n"
                 "1.0"},
    {"math.tan", ">>> import math\n"
                 ">>> math.tan(0)\n"
                 "0.0"},
    {"math.asin", ">>> import math\n"
                  ">>> math.asin(1)\n"
                  "1.5707963267948966"},
    {"math.acos", ">>> import math\n"
                  ">>> math.acos(1)\n"
                  "0.0"},
    {"math.atan", ">>> import math\n"
                  ">>> math.atan(1)\n"
                  "0.7853981633974483"},
    {"math.sinh", ">>> import math\n"
                  ">>> math.sinh(0)\n"
                  "0.0"},
    {"math.cosh", ">>> import math\n"
                  ">>> math.cosh(0)\n"
                  "1.0"},
    {"math.tanh", ">>> import math\n"
                  ">>> math.tanh(0.5)\n"
                  "0.46211715726000974"},
    {"math.erf", ">>> import math\n"
                 ">>> math.erf(0)\n"
                 "0.0"},
    {"math.gamma", ">>> import math\n"
                   ">>> math.gamma(5)\n"
                   "24.0"},
    {"math.lgamma", ">>> import math\n"
                    ">>> math.lgamma(1)\n"
                    "0.0"},
    {"math.fabs", ">>> import math\n"
                  ">>> math.fabs(-2)\n"
                  "2.0"},
    {"math.degrees", ">>> import math\n"
                     ">>> math.degrees(math.pi)\n"
                     "180.0"},
    {"math.radians", ">>> import math\n"
                     ">>> math.radians(180)\n"
                     "3.141592653589793"},
    {"math.pow", ">>> import math\n"
                 ">>> math.pow(2, 10)\n"
                 "1024.0"},
    {"math.atan2", ">>> import math\n"
                   ">>> math.atan2(1, 1)\n"
                   "0.7853981633974483"},
    {"math.hypot", ">>> import math\n"
                   ">>> math.hypot(3, 4)\n"
                   "5.0"},
    {"math.fmod", ">>> import math\n"
                  ">>> math.fmod(-7, 3)\n"
                  "-1.0"},
    {"math.copysign", ">>> import math\n"
                      ">>> math.copysign(2, -1)\n"
                      "-2.0"},
    {"math.floor", ">>> import math\n"
                   ">>> math.floor(-1.5)\n"
                   "-2"},
    {"math.ceil", ">>> import math\n"
                  ">>> math.ceil(-1.5)\n"
                  "-1"},
    {"math.trunc", ">>> import math\n"
                   ">>> math.trunc(-1.5)\n"
                   "-1"},
    {"math.isnan", ">>> import math\n"
                   ">>> math.isnan(math.nan)\n"
                   "True"},
    {"math.isinf", ">>> import math\n"
                   ">>> math.isinf(math.inf)\n"
                   "True"},
    {"math.isfinite", ">>> import math\n"
                      ">>> math.isfinite(1e308)\n"
                      "True"},
    {"math.log", ">>> import math\n"
                 ">>> math.log(8, 2)\n"
                 "3.0"},
    {"math.factorial", ">>> import math\n"
                       ">>> math.factorial(5)\n"
                       "120"},
    {"math.gcd", ">>> import math\n"
                 ">>> math.gcd(12, 18)\n"
                 "6"},
    {"time.time", ">>> import time\n"
                  ">>> time.time() > 1e9\n"
                  "True"},
    {"time.perf_counter", ">>> import time\n"
                          ">>> start = time.perf_counter()\n"
                          ">>> time.perf_counter() - start < 60\n"
                          "True"},
    {"time.sleep", ">>> import time\n"
                   ">>> time.sleep(0.01)"},
    /* of library/numpy_lib.py */
    {"np.apply_along_axis", ">>> np.apply_along_axis(np.sum, 0, np.array([[1, 2], [3, 4]]))\n"
     "array([4, 6])"},
    {"np.apply_over_axes", ">>> np.apply_over_axes(np.sum, np.ones((2, 3)), [0, 1])\n"
     "array([[6.]])"},
    {"np.block", ">>> np.block([[np.eye(2), np.zeros((2, 1))]])\n"
     "array([[1., 0., 0.],\n       [0., 1., 0.]])"},
    {"np.broadcast", ">>> np.broadcast(np.ones((2, 1)), np.ones(3)).shape\n"
     "(2, 3)"},
    {"np.broadcast_shapes", ">>> np.broadcast_shapes((2, 1), (3,))\n"
     "(2, 3)"},
    {"np.c_", ">>> np.c_[np.array([1, 2]), np.array([3, 4])]\n"
     "array([[1, 3],\n       [2, 4]])"},
    {"np.flatiter", ">>> [int(i) for i in np.array([[1, 2], [3, 4]]).flat]\n"
     "[1, 2, 3, 4]"},
    {"np.fromfunction", ">>> np.fromfunction(lambda i, j: 10 * i + j, (2, 3))\n"
     "array([[ 0.,  1.,  2.],\n       [10., 11., 12.]])"},
    {"np.fromiter", ">>> np.fromiter((n * n for n in range(4)), dtype=int)\n"
     "array([0, 1, 4, 9])"},
    {"np.fromstring", ">>> np.fromstring('1 2 3', sep=' ')\n"
     "array([1., 2., 3.])"},
    {"np.index_exp", ">>> np.index_exp[1:3]\n"
     "(slice(1, 3, None),)"},
    {"np.mask_indices", ">>> np.mask_indices(2, np.triu)\n"
     "(array([0, 0, 1]), array([0, 1, 1]))"},
    {"np.mgrid", ">>> np.mgrid[0:2, 0:3][1]\n"
     "array([[0, 1, 2],\n       [0, 1, 2]])"},
    {"np.ndenumerate", ">>> for index, item in np.ndenumerate(np.array([[5, 6]])):\n...     print(index, item)\n"
     "(0, 0) 5\n(0, 1) 6"},
    {"np.ndindex", ">>> list(np.ndindex(2, 2))\n"
     "[(0, 0), (0, 1), (1, 0), (1, 1)]"},
    {"np.nditer",
     ">>> [int(item) for item in np.nditer(np.array([[1, 2], [3, 4]]))]\n"
     "[1, 2, 3, 4]"},
    {"np.ogrid", ">>> np.ogrid[0:2, 0:3][0]\n"
     "array([[0],\n       [1]])"},
    {"np.piecewise", ">>> x = np.array([-2., 3.])\n>>> np.piecewise(x, [x < 0, x >= 0], [lambda t: -t, lambda t: t * t])\n"
     "array([2., 9.])"},
    {"np.r_", ">>> np.r_[0:3, 7, 9]\n"
     "array([0, 1, 2, 7, 9])"},
    {"np.s_", ">>> np.arange(5)[np.s_[1:3]]\n"
     "array([1, 2])"},
    {"np.vectorize", ">>> step = np.vectorize(lambda x: 1 if x > 0 else 0)\n>>> step(np.array([-1, 2]))\n"
     "array([0, 1])"},
};

/* Not in NumPy: checked here only. */
/* What neither Python nor NumPy has. */
static const struct native_example own_rows[] = {
    {"grad", ">>> df = grad(lambda x: x**3)\n"
             ">>> df(2.0)\n"
             "12.0\n"
             ">>> grad(df)(2.0)\n"
             "12.0"},
    {"value_and_grad", ">>> f = lambda w: np.sum(w**2)\n"
                       ">>> value_and_grad(f)(np.array([1., 2.]))\n"
                       "(5.0, array([2., 4.]))"},
    {"GradientTape", ">>> x = np.array([1., 2.])\n"
                     ">>> with GradientTape() as tape:\n"
                     "...     tape.watch(x)\n"
                     "...     y = np.sum(x**2)\n"
                     "...\n"
                     ">>> tape.gradient(y, x)\n"
                     "array([2., 4.])"},
    {"jacobian", ">>> jacobian(lambda x: x**2)(np.array([1., 2.]))\n"
                 "array([[2., 0.],\n"
                 "       [0., 4.]])"},
    {"hessian", ">>> f = lambda x: x[0]**2 * x[1]\n"
                ">>> hessian(f)(np.array([3., 5.]))\n"
                "array([[10.,  6.],\n"
                "       [ 6.,  0.]])"},
    {"descend", ">>> descend(lambda w: (w - 3)**2, 0.0, rate=0.1, steps=3)\n"
                "array([0.   , 0.6  , 1.08 , 1.464])"},
    {"gradcheck", ">>> gradcheck(np.tanh, np.array([0.5, -1.]))\n"
                  "True"},
    {"stop_gradient", ">>> grad(lambda x: x * stop_gradient(x))(3.0)\n"
                      "3.0"},
    {"mistakes", ">>> model = keras.Sequential([keras.layers.Softmax("
                 "input_shape=(3,))])\n"
                 ">>> scores = [[2., 0, 0], [0, 3, 0], [4, 0, 1]]\n"
                 ">>> mistakes(model, scores, [0, 2, 1])\n"
                 "array([2, 1])"},
    {"keras.Sequential",
     ">>> model = keras.Sequential([keras.layers.Dense(2, input_shape=(3,))])\n"
     ">>> model.count_params()\n"
     "8"},
    {"Dense", ">>> keras.Sequential([keras.layers.Dense(2, input_shape=(3,))])"
              ".predict(np.zeros((4, 3))).shape\n"
              "(4, 2)"},
    {"Flatten", ">>> model = "
                "keras.Sequential([keras.layers.Flatten(input_shape=(2, 3))])\n"
                ">>> model.predict(np.ones((1, 2, 3)))\n"
                "array([[1., 1., 1., 1., 1., 1.]], dtype=float32)"},
    {"to_categorical", ">>> keras.utils.to_categorical([0, 2], 3)\n"
                       "array([[1., 0., 0.],\n"
                       "       [0., 0., 1.]], dtype=float32)"},
};

const struct native_example *native_example_at(int index, bool own)
{
    size_t count = own ? sizeof own_rows / sizeof *own_rows
                         : sizeof rows / sizeof *rows;
    if (own && index >= (int)count)
        return plt_example_at(index - (int)count);
    if (index < 0 || (size_t)index >= count)
        return NULL;
    return own ? &own_rows[index] : &rows[index];
}

/* NAME is PATH, or its last part. */
static bool is_named(const char *path, const char *name)
{
    const char *dot = strrchr(path, '.');
    return !strcmp(path, name) || (dot && !strcmp(dot + 1, name));
}

static const char *find(const char *name)
{
    const struct native_example *row;
    for (int own = 0; own < 2; own++)
        for (int i = 0; (row = native_example_at(i, own)); i++)
            if (is_named(row->name, name))
                return row->example;
    return NULL;
}

const char *native_example(const char *path, const char *name)
{
    const struct native_example *row;
    for (int own = 0; own < 2; own++)
        for (int i = 0; (row = native_example_at(i, own)); i++)
            if (!strcmp(row->name, path))
                return row->example;
    return find(name);
}
