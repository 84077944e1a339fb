"""The SFTP wire: the site, and the folder that each operator sees."""
