#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
/* never closed
#endif
// refused: unterminated-comment at 3:1
