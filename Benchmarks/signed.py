"""Deliveries as a forge signs them."""

import hashlib
import hmac

SECRET = "a-secret-of-the-benchmark"


def delivery(source, body, identifier, extra="", form=False):
    """GitHub's ping with its signature; as a form, Gitea's, whose signature is that of the payload in it."""
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    if form:
        kind, prefix, signature = "x-www-form-urlencoded", "X-Gitea", f"X-Gitea-Signature: {digest}"
        body = b"payload=" + body
    else:
        kind, prefix, signature = "json", "X-GitHub", f"X-Hub-Signature-256: sha256={digest}"
    return (
        f"POST /webhooks/{source} HTTP/1.1\r\nHost: a\r\nContent-Type: application/{kind}\r\n"
        f"{prefix}-Event: ping\r\n{prefix}-Delivery: {identifier}\r\n{signature}\r\n"
        f"{extra}Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body
