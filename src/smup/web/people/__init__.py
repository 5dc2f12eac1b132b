"""What the pages for people share: rendering, words, who acts and who may."""
