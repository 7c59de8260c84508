// The words that scripts say, by their keys. The build writes those of the site's language in place of this file.
export default {};
