-- Where browsers of the web chat are reached while no page is open: an address at a push service, and the keys by which
-- only that browser reads what is sent there.

CREATE TABLE push_endpoints (
    device INTEGER PRIMARY KEY REFERENCES devices (id),
    url TEXT NOT NULL UNIQUE,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL,
    at INTEGER NOT NULL,
    upto INTEGER NOT NULL -- the newest post of which nothing has to be pushed there any more
);
