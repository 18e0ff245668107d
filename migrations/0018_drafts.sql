CREATE TABLE IF NOT EXISTS console_drafts (
    id_user INT NOT NULL,
    id_movie INT NOT NULL,
    user_created DATETIME NULL,
    born VARCHAR(32) NULL,
    note VARCHAR(20) NULL,
    comments MEDIUMTEXT NOT NULL,
    caret INT UNSIGNED NOT NULL,
    revision BIGINT NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id_user, id_movie),
    KEY by_film (id_movie)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
