#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   string text="open;
  }
#endif
// refused: unterminated-string at 5:16
