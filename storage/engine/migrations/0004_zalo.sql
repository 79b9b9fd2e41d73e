-- How many messages each bot has sent in a month (202305), where a platform grants only so many.
CREATE TABLE messages_out (
    channel TEXT NOT NULL,
    month INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (channel, month)
) WITHOUT ROWID;
