"""examples/trace.py says of the example trace what the command says.

SPDX-License-Identifier: MIT
"""
import json
import re
import subprocess
import sys
import unittest

from support import COMMAND, ROOT, run_command

EXAMPLES = ROOT / "examples"


class Example(unittest.TestCase):
    def run_example(self, *arguments):
        return subprocess.run([sys.executable, str(EXAMPLES / "trace.py"), *arguments], cwd=EXAMPLES, text=True,
                              capture_output=True, check=False)

    @unittest.skipUnless(COMMAND.exists(), "the command is not built")
    def test_same_as_the_command(self):
        program = (EXAMPLES / "trace.py").read_text(encoding="utf-8")
        arguments = re.search(r"^Arguments: (.*)$", program, re.M)[1].split()
        told = self.run_example(*arguments)
        self.assertEqual((told.returncode, told.stderr), (0, ""))
        columns = [re.split("  +", line) for line in told.stdout.splitlines() if "@" in line]
        found = {call_id: rest for call_id, *rest in columns}
        lines = run_command("classify", "--json", "-m", str(EXAMPLES / arguments[1]), str(EXAMPLES / arguments[0]))
        wanted = {}
        for line in lines.splitlines():
            call = json.loads(line)
            code = call["decided_by"]
            wanted[call["call_id"]] = [call["disposition"], call["route"],
                                       f"{code['space']}:{code['value']}" if code else "-"]
        self.assertGreater(len(wanted), 60)
        # A call that the trace does not see the end of is counted by the command, and told by the example.
        unfinished = [found.pop(call_id) for call_id in sorted(set(found) - set(wanted))]
        self.assertEqual(unfinished, [["Unknown", "none", "-"]])
        self.assertEqual(found, wanted)

    def test_errors(self):
        for arguments in ((), ("nothing.txt",), ("trace.txt", "nothing.yaml"), ("/dev/null",)):
            told = self.run_example(*arguments)
            self.assertEqual(told.returncode, 1, told)
            self.assertNotIn("Traceback", told.stderr)


if __name__ == "__main__":
    unittest.main()
