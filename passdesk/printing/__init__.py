"""Paper: layouts drawn as PDF, and QR codes read back."""
