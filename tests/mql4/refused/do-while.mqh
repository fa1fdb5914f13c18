#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   do { } while(true);
  }
#endif
// refused: do-while at 5:4
