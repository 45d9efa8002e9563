"""MSAL Python as its samples use it: a file holds the cache, the token is printed, what has changed is written back."""
import sys

import msal

client_id, authority, file = sys.argv[1:]
cache = msal.SerializableTokenCache()
with open(file, encoding="utf-8") as stored:
    cache.deserialize(stored.read())
application = msal.PublicClientApplication(client_id, authority=authority, token_cache=cache)
accounts = application.get_accounts()
result = application.acquire_token_silent(["User.Read"], account=accounts[0])
if cache.has_state_changed:
    with open(file, "w", encoding="utf-8") as stored:
        stored.write(cache.serialize())
print("token", result["access_token"])
