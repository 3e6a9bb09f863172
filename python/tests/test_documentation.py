"""The examples of every docstring, and of README.md, do what they say.

SPDX-License-Identifier: MIT
"""
import doctest
import importlib
import pathlib
import pkgutil
import unittest

import sipcause


class Documentation(unittest.TestCase):
    def check(self, result):
        self.assertEqual(result.failed, 0)
        return result.attempted

    def test_docstrings(self):
        names = ["sipcause", *(f"sipcause.{module.name}" for module in pkgutil.iter_modules(sipcause.__path__))]
        examples = sum(self.check(doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS))
                       for name in names)
        self.assertGreater(examples, 50)

    def test_readme(self):
        path = pathlib.Path(__file__).resolve().parents[1] / "README.md"
        result = doctest.testfile(str(path), module_relative=False, optionflags=doctest.ELLIPSIS)
        self.assertGreater(self.check(result), 3)

    def test_what_is_public_is_documented(self):
        for name in sipcause.__all__:
            self.assertTrue(getattr(sipcause, name).__doc__, name)
        self.assertEqual(sorted(sipcause.__all__), sipcause.__all__)


if __name__ == "__main__":
    unittest.main()
