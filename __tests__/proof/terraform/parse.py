"""HCL texts, a JSON array on standard input, as python-hcl2 reads them: an array of trees, or of {"error"}."""

import json
import sys

import hcl2


def read(text):
    try:
        return hcl2.loads(text)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {str(error).splitlines()[0]}"}


json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
