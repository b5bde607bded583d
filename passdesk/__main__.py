"""`python -m passdesk`: the same command as `passdesk`."""

from passdesk.cli import main

if __name__ == "__main__":
    main()
