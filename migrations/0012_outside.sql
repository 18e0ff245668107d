CREATE TABLE IF NOT EXISTS console_outside (
    id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    id_movie INT NOT NULL,
    born VARCHAR(32) NULL,
    title TEXT NOT NULL,
    what VARCHAR(40) NOT NULL,
    before_value MEDIUMTEXT NULL,
    after_value MEDIUMTEXT NULL,
    found_at DATETIME(3) NOT NULL,
    version BIGINT NOT NULL,
    settled_at DATETIME(3) NULL,
    settled_by INT NULL,
    settled_how VARCHAR(20) NULL,
    settled_request BINARY(16) NULL,
    KEY still_open (settled_at, id_movie),
    KEY by_film (id_movie, settled_at),
    KEY by_version (version),
    KEY by_request (settled_request)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
