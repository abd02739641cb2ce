/* In the place of parts that no figure needs. */
module.exports = {};
