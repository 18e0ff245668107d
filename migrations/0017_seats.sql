CREATE TABLE IF NOT EXISTS console_seats (
    id_movie INT NOT NULL,
    id_user INT NOT NULL,
    born VARCHAR(32) NULL,
    recusal VARCHAR(20) NULL,
    recusal_waiting BOOLEAN NOT NULL DEFAULT FALSE,
    kept BOOLEAN NOT NULL DEFAULT FALSE,
    stands_vote INT NULL,
    stands_note VARCHAR(20) NULL,
    stands_count INT NULL,
    changed_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id_movie, id_user),
    KEY by_juror (id_user, id_movie)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
