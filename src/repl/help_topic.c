/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/help_topic.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/i18n.h"

static const struct help_topic rows[] = {
    {"shapes", "shape axis axes ndim", N_("the lengths of a tensor's axes"),
     N_("x.shape is a tuple with one length for each axis; x.ndim is how many "
        "axes there are.  axis=0 goes down the rows, axis=1 along the "
        "columns: the named axis is the one that disappears."),
     ">>> x = np.array([[1, 2, 3], [4, 5, 6]])\n"
     ">>> x.shape\n"
     "(2, 3)\n"
     ">>> x.sum(axis=0)\n"
     "array([5, 7, 9])\n"
     ">>> x.sum(axis=1)\n"
     "array([ 6, 15])"},
    {"indexing", "index slice slicing slices mask masks : [] ...",
     N_("taking elements, rows, columns and parts"),
     N_("One index for each axis, counted from 0, from the end when negative. "
        "start:stop leaves stop out; : alone is the whole axis.  A mask of "
        "True and False picks elements.  A slice is a view: writing into it "
        "changes the tensor it is of."),
     ">>> x = np.array([[1, 2, 3], [4, 5, 6]])\n"
     ">>> x[1, 2]\n"
     "6\n"
     ">>> x[:, 1:]\n"
     "array([[2, 3],\n"
     "       [5, 6]])\n"
     ">>> x[x > 2]\n"
     "array([3, 4, 5, 6])"},
    {"broadcasting", "broadcast",
     N_("operations between tensors of different shapes"),
     N_("Shapes are compared from the right.  Two lengths fit when they are "
        "equal or one of them is 1; that one, and axes that are missing on "
        "the left, are stretched.  explain x + y shows which."),
     ">>> x = np.array([[1, 2, 3], [4, 5, 6]])\n"
     ">>> x + np.array([10, 20, 30])\n"
     "array([[11, 22, 33],\n"
     "       [14, 25, 36]])\n"
     ">>> x * np.array([[1], [2]])\n"
     "array([[ 1,  2,  3],\n"
     "       [ 8, 10, 12]])"},
    {"dtypes", "dtype int64 float32 float64 uint8 bool astype",
     N_("the kinds of number a tensor holds"),
     N_("Whole numbers are int64, others float64, comparisons give bool. "
        "Images are often uint8: bytes from 0 to 255 that wrap around. "
        "x.astype('float32') converts."),
     ">>> np.array([1, 2]).dtype\n"
     "dtype('int64')\n"
     ">>> np.array([1, 2.5]).dtype\n"
     "dtype('float64')\n"
     ">>> np.array([250, 251], dtype='uint8') + np.uint8(5)\n"
     "array([255,   0], dtype=uint8)\n"
     ">>> np.array([1.7, -1.7]).astype(int)\n"
     "array([ 1, -1])"},
    {"operators", "operator + - * / // % ** @ == < > arithmetic",
     N_("arithmetic, element by element, and the matrix product"),
     N_("+ - * / // % ** and the comparisons work element by element.  @ is "
        "the dot product: rows of the left with columns of the right."),
     ">>> x = np.array([1, 2, 3])\n"
     ">>> x * x\n"
     "array([1, 4, 9])\n"
     ">>> x @ x\n"
     "14\n"
     ">>> x > 1\n"
     "array([False,  True,  True])"},
    {"loops", "for while break continue range if elif else",
     N_("doing things several times, or only sometimes"),
     N_("What belongs to a loop or an if is indented; an empty line ends the "
        "entry.  Operations on whole tensors are shorter and much faster than "
        "loops over their elements."),
     ">>> total = 0\n"
     ">>> for i in range(4):\n"
     "...     if i != 2:\n"
     "...         total += i\n"
     "...\n"
     ">>> total\n"
     "4"},
    {"functions", "def return lambda function", N_("functions of your own"),
     N_("def begins one, return gives its value, the indented lines are what "
        "it does.  A text in its first line is what help shows."),
     ">>> def relu(x):\n"
     "...     \"\"\"The positive part of x.\"\"\"\n"
     "...     return np.maximum(x, 0)\n"
     "...\n"
     ">>> relu(np.array([-1, 2]))\n"
     "array([0, 2])"},
    {"classes", "class object self __init__",
     N_("objects that keep values and have methods"),
     N_("class begins one; __init__ is what a call of the class runs; self is "
        "the object."),
     ">>> class Layer:\n"
     "...     def __init__(self, w):\n"
     "...         self.w = w\n"
     "...     def __call__(self, x):\n"
     "...         return x @ self.w\n"
     "...\n"
     ">>> layer = Layer(np.array([[1., 2.], [3., 4.]]))\n"
     ">>> layer(np.array([1, 1]))\n"
     "array([4., 6.])"},
    {"gradients", "gradient derivative derivatives backpropagation autograd",
     N_("how a result changes with what it is computed from"),
     N_("The gradient of a loss points to where it grows; steps against it "
        "make the loss smaller.  grad(f) is the function that computes the "
        "gradient of f, backprop EXPR shows how it comes about, by the chain "
        "rule, and descend F X0 goes down step by step.  By hand, for the "
        "loss (w - 3)**2:"),
     ">>> w = 0.0\n"
     ">>> for step in range(3):\n"
     "...     gradient = 2 * (w - 3)\n"
     "...     w = w - 0.1 * gradient\n"
     "...\n"
     ">>> w\n"
     "1.464"},
};

const struct help_topic *help_topic_at(int index)
{
    size_t count = sizeof rows / sizeof *rows;
    return index >= 0 && (size_t)index < count ? &rows[index] : NULL;
}

static bool has_word(const char *words, const char *name)
{
    size_t length = strlen(name);
    while (words && *words) {
        size_t word = strcspn(words, " ");
        if (word == length && !memcmp(words, name, length))
            return true;
        words += word;
        words += strspn(words, " ");
    }
    return false;
}

const struct help_topic *help_topic_find(const char *name)
{
    const struct help_topic *row;
    for (int i = 0; (row = help_topic_at(i)); i++)
        if (!strcmp(row->name, name) || has_word(row->words, name))
            return row;
    return NULL;
}
