"""MSAL Python, as users have it: signs in by device code, or silently from a cache. Answers in lines of JSON."""

import json
import sys

import msal

SCOPES = ["User.Read"]


def application(settings, cache):
    return msal.PublicClientApplication(
        settings["clientId"],
        authority=settings["authority"],
        token_cache=cache,
        # Hosts that Microsoft does not know: None is the default.
        instance_discovery=None if settings["wellKnown"] else False,
    )


def sign_in(settings):
    cache = msal.SerializableTokenCache()
    app = application(settings, cache)
    flow = app.initiate_device_flow(scopes=SCOPES)
    answer(userCode=flow["user_code"])
    outcome(app.acquire_token_by_device_flow(flow), cache)


def silent(settings):
    cache = msal.SerializableTokenCache()
    cache.deserialize(settings["cache"])
    app = application(settings, cache)
    accounts = app.get_accounts()
    if not accounts:
        sys.exit("MSAL Python finds no account in the cache")
    outcome(
        app.acquire_token_silent_with_error(
            SCOPES, account=accounts[0], force_refresh=settings["forceRefresh"]
        ),
        cache,
    )


def outcome(result, cache):
    if not result or "access_token" not in result:
        sys.exit(f"MSAL Python got no token: {(result or {}).get('error', 'nothing found')}")
    answer(
        accessToken=result["access_token"],
        source=result["token_source"],
        cache=cache.serialize(),
    )


def answer(**members):
    print(json.dumps(members), flush=True)


if __name__ == "__main__":
    {"sign-in": sign_in, "silent": silent}[sys.argv[1]](json.load(sys.stdin))
