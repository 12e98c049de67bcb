"""The bodies that are posted: GitHub pull requests, each about its own subject, signed."""

import hashlib
import hmac
import json
import random
import re
import string
from pathlib import Path

SECRET = "secretsecret"
RECORDED = "github/pull_request.opened.webhooks.net.opened.json"
REPOSITORIES = 8
PULL_REQUESTS = 32
GOAL_BYTES = 23_564
# What differs from one part of a large body to the next beside hashes, and of which letters it is.
VARIED = {
    r"(?<=:)\d{4,}(?=[,}])": "123456789",
    r'(?<="node_id":")[^"]+': string.ascii_letters + string.digits,
    r'(?<="login":")[^"]+': string.ascii_lowercase,
}


class Bodies:
    """Makes sets of bodies, and keeps each in files that the load script reads."""

    def __init__(self, options):
        self._folder = options.folder / "bodies"
        recorded = options.corpus / RECORDED
        self.is_recorded = recorded.exists()
        self._template = json.loads(recorded.read_text()) if self.is_recorded else self._made_up()
        self._indexes = {}

    def at_goal(self):
        """The index of the one body that the goals are about."""
        return self._goal(1)

    def spread(self):
        """The index of versions of that body on many subjects."""
        return self._goal(REPOSITORIES * PULL_REQUESTS)

    def _goal(self, subjects):
        size = None if self.is_recorded else GOAL_BYTES
        return self._index(f"goal-{subjects}", size, subjects)

    def of_size(self, size):
        """The index of bodies of about that many bytes; few of them where they are large."""
        return self._index(f"size-{size}", size, max(4, min(64, 16_000_000 // size)))

    def smallest(self):
        """The index of bodies with no more in them than an event needs."""
        return self._index("smallest", 0, REPOSITORIES * PULL_REQUESTS)

    def one(self):
        """A file with one body of the goals."""
        return Path(self.at_goal().read_text().splitlines()[0].split(" ", 1)[1])

    def _index(self, name, size, subjects):
        if name in self._indexes:
            return self._indexes[name]
        folder = self._folder / name
        folder.mkdir(parents=True, exist_ok=True)
        lines = []
        source = random.Random(name)
        base = self._template if size is None else self._sized(size, source)
        for subject in range(subjects):
            body = json.dumps(
                self._about(base, subject), separators=(",", ":"), ensure_ascii=False
            ).encode()
            path = folder / f"{subject}.json"
            path.write_bytes(body)
            signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
            lines.append(f"sha256={signature} {path}\n")
        index = folder / "index"
        index.write_text("".join(lines))
        self._indexes[name] = index
        return index

    @staticmethod
    def _about(base, subject):
        """The same pull request under another number, in one of a few repositories."""
        repository, number = subject % REPOSITORIES, subject // REPOSITORIES + 1
        # A copy by way of text, so that no two parts of it are the same object.
        body = json.loads(json.dumps(base))
        pull_request = body["pull_request"]
        body["number"] = pull_request["number"] = number
        for holder in (body["repository"], pull_request["head"]["repo"], pull_request["base"]["repo"]):
            holder["id"] = 186_853_000 + repository
            holder["full_name"] += f"-{repository}"
        return body

    def _sized(self, size, source):
        """A body of about that size: the least that an event needs, then more of what the recorded one has.

        What is added has other numbers and hashes each time, since bodies do not repeat themselves exactly.
        """
        body = self._least()
        missing = size - len(json.dumps(body, separators=(",", ":")))
        if missing <= 0:
            return body
        original = json.dumps(self._template, separators=(",", ":"), ensure_ascii=False)
        more = []
        while missing > len(original):
            more.append(json.loads(self._varied(original, source)))
            missing -= len(original) + 1
        body["more"] = more
        # Without what JSON escapes, so that its length is known.
        body["rest"] = re.sub(r'["\\]', "'", self._varied(original, source))[: max(0, missing - 25)]
        return body

    @staticmethod
    def _varied(text, source):
        """The text with other hashes, ids and numbers of the same lengths."""
        text = re.sub(r"\b[0-9a-f]{40}\b", lambda _: f"{source.getrandbits(160):040x}", text)
        for pattern, letters in VARIED.items():
            text = re.sub(pattern, lambda found: _random_text(source, letters, len(found.group())), text)
        return text

    def _least(self):
        template = self._template
        pull_request = template["pull_request"]
        keep = ("id", "number", "state", "title", "body", "draft", "merged")
        least = {key: pull_request[key] for key in keep}
        least["user"] = self._user(pull_request["user"])
        for side in ("head", "base"):
            branch = pull_request[side]
            repository = self._repository(branch["repo"])
            least[side] = {"ref": branch["ref"], "sha": branch["sha"], "repo": repository}
        return {
            "action": template["action"],
            "number": template["number"],
            "pull_request": least,
            "repository": self._repository(template["repository"]),
            "sender": self._user(template["sender"]),
        }

    @staticmethod
    def _repository(repository):
        return {key: repository[key] for key in ("id", "full_name", "private")}

    @staticmethod
    def _user(user):
        return {key: user[key] for key in ("id", "login", "type")}

    @staticmethod
    def _made_up():
        """What stands for the recorded delivery where there is none."""
        user = {
            "login": "octocat", "id": 21_031_067, "type": "User", "site_admin": False,
            "url": "https://api.example/users/octocat",
        }
        repository = {
            "id": 186_853_002, "full_name": "acme/app", "private": False,
            "html_url": "https://example/acme/app",
        }
        sha = "ec26c3e57ca3a959ca5aad62de7213c562f8c821"
        branch = {"ref": "changes", "sha": sha, "repo": repository}
        links = [{"name": f"link-{number}", "sha": sha, "user": user} for number in range(20)]
        return {
            "action": "opened",
            "number": 2,
            "pull_request": {
                "id": 279_147_437, "number": 2, "title": "Update the README", "state": "open",
                "draft": False, "merged": False, "body": "A small change.", "user": user, "links": links,
                "head": branch, "base": dict(branch, ref="main"),
            },
            "repository": repository,
            "sender": user,
        }


def _random_text(source, letters, count):
    return "".join(source.choice(letters) for _ in range(count))
