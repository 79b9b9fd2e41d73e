-- Pictures that the bot says, for as long as they may be sent or fetched; what is said refers to them by their row.
CREATE TABLE pictures (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again, since links name it
    name TEXT NOT NULL, -- as a file is called: "tiến độ.png"
    type TEXT NOT NULL CHECK (type IN ('image/png', 'image/jpeg')),
    width INTEGER NOT NULL, -- in pixels
    height INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    content BLOB NOT NULL CHECK (length(content) <= 10485760) -- what Telegram takes as a photo
);
CREATE INDEX pictures_expire ON pictures (expires_at);
