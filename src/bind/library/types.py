# SPDX-License-Identifier: GPL-3.0-or-later
class SimpleNamespace:
    def __init__(self, **keywords):
        self.__dict__.update(keywords)

    def __eq__(self, other):
        return (isinstance(other, SimpleNamespace)
                and self.__dict__ == other.__dict__)

    def __repr__(self):
        parts = [f'{name}={value!r}' for name, value in self.__dict__.items()]
        return f'namespace({", ".join(parts)})'


FunctionType = LambdaType = type(lambda: None)
BuiltinFunctionType = type(len)
GeneratorType = type((x for x in ()))


def MappingProxyType(mapping):
    return dict(mapping)
