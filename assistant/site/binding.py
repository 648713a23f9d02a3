"""Where the page may listen: on this machine alone, or on the network once it knows who is asking."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached from this machine only; an empty one is every address."""
    name = host.strip().removeprefix("[").removesuffix("]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False  # another name may be anywhere


def binding_refused(host: str, users_exist: bool, trusted_header: str) -> str | None:
    """Why the page must not listen on ``host`` (French), or None.

    Args:
        host: address or name to listen on.
        users_exist: whether somebody can sign in with a password.
        trusted_header: the header by which a reverse proxy says who is asking; empty: none.
    """
    if is_loopback(host) or users_exist or trusted_header.strip():
        return None
    return (
        f"La page ne s'ouvre que sur cet ordinateur tant qu'elle ne sait pas qui la consulte : « {host or 'toutes les adresses'} » est visible du réseau. "
        "Gardez --host 127.0.0.1, ou créez un compte : assistant users add NOM --role administrateur."
    )
