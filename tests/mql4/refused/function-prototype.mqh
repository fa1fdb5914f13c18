#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(void);
#endif
// refused: function-prototype at 3:5
